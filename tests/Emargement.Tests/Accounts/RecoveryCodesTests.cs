using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Sealing;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

/// <summary>A person who forgot the password and cannot be written to gets back in with a code on paper, which tells nobody else
/// anything (OWASP ASVS 5.0, 6.4.1, 6.5.1 and 6.5.2).</summary>
public sealed partial class RecoveryCodesTests : IAsyncLifetime
{
    private const string Org = "/api/organisations/garonne";
    private const string NewPassword = "Cinq chevaux bleus";

    private readonly StorageCalls _calls = new();
    private AccessHost _host = null!;
    private HttpClient _manager = null!;
    private HttpClient _trainer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SigningHttpTests.StartAsync(services => services.AddSingleton<HttpPipelinePolicy>(_calls));
        await _host.CreateManagerAsync("garonne", "M1", "m1@example.fr");
        _manager = await _host.SignedInAsync("garonne", "M1");
        _trainer = await _host.SignedInAsync("garonne", "F1");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task V6_4_1_A_code_gives_one_new_password_and_ends_every_sign_in()
    {
        var phone = await _host.SignedInAsync("garonne", "L1", stay: true);
        var code = await PrintOneAsync();
        (await MeAsync(phone)).ShouldBe(HttpStatusCode.OK, "printing changes nothing");

        using var used = await UseAsync("l1", code.ToLowerInvariant().Replace(' ', '-'), NewPassword);
        using var again = await UseAsync("L1", code, "Six chevaux jaunes");

        used.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        used.Headers.Contains("Set-Cookie").ShouldBeFalse("the new password is typed once at least");
        (await AccessHost.CodeAsync(again)).ShouldBe("recovery-code-wrong");
        (await MeAsync(phone)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(AccessHost.Password)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(NewPassword)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task V6_5_1_Of_two_who_use_a_code_at_once_one_chooses_the_password()
    {
        var code = await PrintOneAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => UseAsync("L1", code, $"{NewPassword} {i}")));

        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        var chosen = Array.FindIndex(answers, a => a.IsSuccessStatusCode);
        _host.Time.Advance(Tries.Settles);
        (await SignInAsync($"{NewPassword} {chosen}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task V6_5_2_The_code_rests_nowhere_but_as_a_slow_salted_hash()
    {
        var code = (await PrintOneAsync()).Replace(" ", "", StringComparison.Ordinal);
        var other = (await PrintOneAsync("L2")).Replace(" ", "", StringComparison.Ordinal);

        var (first, second) = (await FindAsync("L1"), await FindAsync("L2"));
        code.ShouldNotBe(other);
        var hash = Convert.FromBase64String(first.Recovery.ShouldNotBeNull().Hash);
        hash[0].ShouldBe((byte)1, "PBKDF2 with a salt, as passwords");
        first.Recovery.Hash.ShouldNotBe(second.Recovery!.Hash);
        first.ToString().ShouldNotContain(code);
    }

    [Fact]
    public async Task A_code_is_good_for_a_week_until_the_next_one_a_new_password_or_a_suspension()
    {
        var former = await PrintOneAsync();
        var code = await PrintOneAsync();
        (await RefusedAsync(former)).ShouldBe("recovery-code-wrong", "replaced");

        _host.Time.Advance(RecoveryCode.Lifetime - TimeSpan.FromSeconds(1));
        (await RefusedAsync(code, "Awa 12345678")).ShouldBe("password-too-common", "said of the password alone");
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        (await RefusedAsync(code)).ShouldBe("recovery-code-wrong", "a week is over");

        _manager = await _host.SignedInAsync("garonne", "M1");
        var second = await PrintOneAsync();
        await _host.SetPasswordAsync("garonne", "learner:L1", AccessHost.Password);
        (await RefusedAsync(second)).ShouldBe("recovery-code-wrong", "another password was set");

        var third = await PrintOneAsync();
        using var suspended = await _manager.PostAsync($"{Org}/accounts/learner:L1/suspension", null, Cancellation);
        (await RefusedAsync(third)).ShouldBe("recovery-code-wrong", "suspended");
        using var restored = await _manager.DeleteAsync($"{Org}/accounts/learner:L1/suspension", Cancellation);
        (await RefusedAsync(third)).ShouldBe("recovery-code-wrong", "given back without it");
    }

    [Fact]
    public async Task A_trainer_prints_the_codes_of_a_whole_group_as_slips_to_cut()
    {
        using var printed = await _trainer.PostAsJsonAsync($"{SigningHttpTests.Session}/recovery-codes", new { }, Cancellation);

        printed.StatusCode.ShouldBe(HttpStatusCode.OK);
        printed.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var text = await TextAsync(printed);
        text.ShouldContain("Ada Nom001");
        text.ShouldContain("Votre référence : L2");
        text.ShouldNotContain("Nom000", Case.Sensitive, "L0 has no account");
        text.ShouldContain("/o/garonne/password");
        text.ShouldContain("jusqu’au lundi 30 novembre 2026");
        var codes = Codes(text);
        codes.Count.ShouldBe(2);
        (await PrintedForAsync("learner:L1")).ShouldBe([("password", "trainer:F1")]);
        (await PrintedForAsync("learner:L2")).ShouldBe([("password", "trainer:F1")]);
        using var used = await UseAsync("L2", codes[1], NewPassword);
        used.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_trainer_prints_a_code_for_one_of_their_own_learners_and_for_nobody_else()
    {
        using var one = await _trainer.PostAsJsonAsync($"{SigningHttpTests.Session}/recovery-codes", new { learner = "L2" }, Cancellation);
        using var stranger = await _trainer.PostAsJsonAsync(
            $"{SigningHttpTests.Session}/recovery-codes", new { learner = "L9" }, Cancellation);
        using var byAccount = await _trainer.PostAsync($"{Org}/accounts/learner:L1/recovery-code", null, Cancellation);
        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            OrganisationId.Parse("garonne"),
            [new AccountHolder(new AccountId(AccountKind.Trainer, Reference.Parse("F2")), "Ruiz", "Claire", null)],
            Cancellation);
        await _host.SetPasswordAsync("garonne", "trainer:F2", AccessHost.Password);
        using var other = await (await _host.SignedInAsync("garonne", "F2")).PostAsJsonAsync(
            $"{SigningHttpTests.Session}/recovery-codes", new { }, Cancellation);

        Codes(await TextAsync(one)).ShouldHaveSingleItem();
        (await PrintedForAsync("learner:L2")).ShouldBe([("password", "trainer:F1")]);
        (await PrintedForAsync("learner:L1")).ShouldBeEmpty();
        (await AccessHost.CodeAsync(stranger)).ShouldBe("not-enrolled");
        byAccount.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AccessHost.CodeAsync(other)).ShouldBe("not-your-session");
    }

    // The bodies and the storage calls: whoever tries learns from neither whether there is such a person, a code, or which part is wrong.
    [Fact]
    public async Task Known_and_unknown_get_the_same_answer_for_the_same_calls()
    {
        await PrintOneAsync("L2");
        using var warm = await UseAsync("M7", "2345 6789 ABCD", NewPassword);
        var seen = new List<string>();
        foreach (var login in new[] { "L1", "L2", "F1", "m1@example.fr", "L9", "nobody@example.fr" })
        {
            _calls.Reset();
            using var answer = await UseAsync(login, "2345 6789 ABCD", NewPassword);
            var calls = _calls.Made.Select(c => c.Split('(')[0]);
            seen.Add($"{answer.StatusCode} {await AccessHost.CodeAsync(answer)}: {string.Join(", ", calls)}");
        }

        seen.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_codes_of_that_login_and_neither_its_password_nor_the_room()
    {
        var code = await PrintOneAsync();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await UseAsync("L1", $"2345 6789 ABC{i + 2}", NewPassword);
        }

        (await RefusedAsync(code)).ShouldBe("sign-in-locked");
        (await SignInAsync(AccessHost.Password)).ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromMinutes(15));
        using var later = await UseAsync("L1", code, NewPassword);
        later.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task V6_1_1_A_learner_whose_sign_in_is_locked_signs_today_on_the_trainers_device()
    {
        for (var i = 0; i < 6; i++)
        {
            await SignInAsync("Trois chevaux verts");
        }

        (await SignInAsync(AccessHost.Password)).ShouldBe(HttpStatusCode.TooManyRequests);
        await SigningHttpTests.PostAsync(_trainer, $"{SigningHttpTests.Session}/open", null);
        using var handed = await _trainer.PostAsync($"{SigningHttpTests.Session}/tablet", null, Cancellation);
        var presence = await SigningHttpTests.PostAsync(
            _trainer, $"{Org}/presence", new { proof = new { kind = "tablet", learner = "L1" } });
        using var signed = await _trainer.PostAsJsonAsync(
            $"{Org}/signatures", new { ticket = presence["ticket"]!.GetValue<string>(), typedName = "Ada Nom001" }, Cancellation);

        signed.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task V7_4_5_A_manager_sees_where_a_person_is_signed_in_and_ends_it()
    {
        var phone = await _host.SignedInAsync("garonne", "L1", stay: true);

        using var page = await _manager.GetAsync("/o/garonne/accounts/learner:L1", Cancellation);
        using var ofTrainer = await _trainer.GetAsync("/o/garonne/accounts/learner:L1", Cancellation);
        using var unknown = await _manager.GetAsync("/o/garonne/accounts/learner:L9", Cancellation);
        using var ended = await _manager.DeleteAsync($"{Org}/accounts/learner:L1/devices", Cancellation);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(Cancellation)).ShouldContain("data-end=");
        ofTrainer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await MeAsync(phone)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<IReadOnlyList<(string Kind, string By)>> PrintedForAsync(string person)
    {
        var page = await _manager.GetFromJsonAsync<JsonObject>($"{Org}/audit?person={person}", Cancellation);
        return
        [
            .. page!["items"]!.AsArray().OfType<JsonNode>()
                .Where(e => e["act"]!.GetValue<string>() == "PrintSessionCodes")
                .Select(e => (e["kind"]!.GetValue<string>(), e["by"]!.GetValue<string>())),
        ];
    }

    private async Task<string> PrintOneAsync(string learner = "L1")
    {
        using var printed = await _manager.PostAsync($"{Org}/accounts/learner:{learner}/recovery-code", null, Cancellation);
        printed.StatusCode.ShouldBe(HttpStatusCode.OK);
        return Codes(await TextAsync(printed)).ShouldHaveSingleItem();
    }

    private static async Task<string> TextAsync(HttpResponseMessage printed)
    {
        printed.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        using var folder = new Folder();
        var pdf = folder.Write("codes.pdf", await printed.Content.ReadAsByteArrayAsync(Cancellation));
        Tool.Run("qpdf", "--check", pdf).Code.ShouldBe(0);
        return Tool.Run("pdftotext", pdf, "-").Text;
    }

    private static List<string> Codes(string text) =>
        [.. Code().Matches(text).Select(m => m.Value).Where(c => RecoveryCode.TryParse(c, out _))];

    private Task<HttpResponseMessage> UseAsync(string login, string code, string password) =>
        _host.Client().PostAsJsonAsync($"{Org}/password-codes", new { login, code, password }, Cancellation);

    private async Task<string> RefusedAsync(string code, string password = NewPassword)
    {
        _host.Time.Advance(Tries.Settles);
        using var answer = await UseAsync("L1", code, password);
        return await AccessHost.CodeAsync(answer);
    }

    private async Task<HttpStatusCode> SignInAsync(string password)
    {
        using var answer = await AccessHost.SignInAsync(_host.Client(), "garonne", "L1", password);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> MeAsync(HttpClient client)
    {
        using var me = await client.GetAsync($"{Org}/me", Cancellation);
        return me.StatusCode;
    }

    private async Task<Account> FindAsync(string learner) =>
        (await _host.Services.GetRequiredService<AccountsTable>().FindAsync(
            OrganisationId.Parse("garonne"), new AccountId(AccountKind.Learner, Reference.Parse(learner)), Cancellation))
        .ShouldNotBeNull().Value;

    [GeneratedRegex(@"\b[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}\b")]
    private static partial Regex Code();
}
