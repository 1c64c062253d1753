using System.Net.Http.Json;
using System.Text;
using Azure.Core.Pipeline;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing.Links;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing.Tokens;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace Emargement.Tests.Signing;

/// <summary>The storage calls of what a person does, from the first request to the signature, access included, in a process that somebody
/// else has just signed in.</summary>
public sealed partial class WholeActsTests : IAsyncLifetime
{
    private const string Org = "/api/organisations/garonne";
    private const string Id = "20261123-1-S1";

    private readonly StorageCalls _calls = new();
    private AccessHost _host = null!;
    private byte[] _key = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SigningHttpTests.StartAsync(services => services.AddSingleton<HttpPipelinePolicy>(_calls));
        using var trainer = await _host.SignedInAsync("garonne", "F1");
        var opened = await SigningHttpTests.PostAsync(trainer, $"{SigningHttpTests.Session}/open", null);
        _key = System.Buffers.Text.Base64Url.DecodeFromChars(opened["key"]!.GetValue<string>());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_token_under_a_name_takes_three_in_one_request_or_in_two()
    {
        var anyone = _host.Client();
        var (one, two) = (await TokenAsync(1), await TokenAsync(2));
        await TokenSignAsync(anyone, await TokenAsync(0), "L0");

        await CountedAsync(StorageBudget.TokenAct, () => TokenSignAsync(anyone, one, "l1"));
        await CountedAsync(StorageBudget.TokenAct, async () =>
        {
            var presence = await SigningHttpTests.PostAsync(anyone, $"{Org}/presence", Token(two, "L2"));
            await SigningHttpTests.PostAsync(anyone, $"{Org}/signatures", new { ticket = presence["ticket"]!.GetValue<string>() });
        });
    }

    [Fact]
    public async Task A_token_without_a_name_takes_four()
    {
        var anyone = _host.Client();
        var one = await TokenAsync(1);
        await TokenSignAsync(anyone, await TokenAsync(0), null);

        await CountedAsync(StorageBudget.NamelessTokenAct, () => TokenSignAsync(anyone, one, null));
    }

    [Fact]
    public async Task A_wrong_token_takes_two()
    {
        var anyone = _host.Client();
        await TokenSignAsync(anyone, await TokenAsync(0), "L0");

        await CountedAsync(StorageBudget.UseToken, async () =>
        {
            using var wrong = await anyone.PostAsJsonAsync(
                $"{Org}/presence", new { session = Id, proof = new { kind = "token", value = "000000", login = "L1" } }, Cancellation);
            (await AccessHost.CodeAsync(wrong)).ShouldBe("token-wrong");
        });
    }

    [Fact]
    public async Task A_scan_with_a_remembered_phone_takes_four()
    {
        var phone = await _host.SignedInAsync("garonne", "L1", stay: true);
        var other = await _host.SignedInAsync("garonne", "L2");
        _host.Time.Advance(TimeSpan.FromSeconds(31));
        await SignAsync(other, new { kind = "qr", value = Qr() });

        // The phone, whether somebody signed, the drawing, the signature.
        await CountedAsync(StorageBudget.ScanAct, async () =>
        {
            using var page = await phone.GetAsync($"/s/garonne/{Id}/{Qr()}", Cancellation);
            var ticket = Ticket().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value;
            await SigningHttpTests.PostAsync(phone, $"{Org}/signatures", new { ticket, drawing = HalfDayWorld.Drawing });
        });
    }

    [Fact]
    public async Task The_page_of_a_scan_is_light_and_browsers_keep_what_every_page_shares()
    {
        var phone = await _host.SignedInAsync("garonne", "L1");

        using var page = await phone.GetAsync($"/s/garonne/{Id}/{Qr()}", Cancellation);
        var html = await page.Content.ReadAsByteArrayAsync(Cancellation);
        html.Length.ShouldBeLessThan(7_000);

        var shared = Shared().Matches(Encoding.UTF8.GetString(html)).Select(m => m.Value).Distinct().ToList();
        shared.Select(address => address.Split('/', '-')[2]).Order().ShouldBe(["icons", "sentences", "sign", "site"]);
        foreach (var address in shared)
        {
            using var part = await phone.GetAsync(address, Cancellation);
            part.Headers.CacheControl.ShouldNotBeNull().ToString().ShouldContain("immutable", customMessage: address);
        }
    }

    [Fact]
    public async Task A_typed_code_takes_five()
    {
        var learner = await _host.SignedInAsync("garonne", "L1");
        using var page = await learner.GetAsync("/o/garonne/sign", Cancellation);
        var session = Open().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value;
        await SignAsync(await _host.SignedInAsync("garonne", "L2"), new { kind = "qr", value = Qr() });

        var minute = PresenceCode.TypedStep(_host.Time.GetUtcNow());
        var code = PresenceCode.Typed(_key, OrganisationId.Parse("garonne"), Example.Morning.Id, minute);
        await CountedAsync(StorageBudget.CodeAct, () => SignAsync(learner, new { kind = "code", value = code }, session));
    }

    [Fact]
    public async Task A_link_takes_four()
    {
        var anyone = _host.Client();
        await SignAsync(await _host.SignedInAsync("garonne", "L2"), new { kind = "qr", value = Qr() });
        var secret = await _host.Services.GetRequiredService<ILinks>().MintAsync(
            LinkPurpose.Sign,
            OrganisationId.Parse("garonne"),
            new SessionLink(Example.Morning.Id, HalfDayWorld.Ref(1)).ToBound(),
            _host.Time.GetUtcNow().AddHours(1),
            Cancellation);

        await CountedAsync(StorageBudget.LinkAct, async () =>
        {
            using var page = await anyone.GetAsync($"/l/{secret}", Cancellation);
            var ticket = Ticket().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value;
            await SigningHttpTests.PostAsync(anyone, $"{Org}/signatures", new { ticket, drawing = HalfDayWorld.Drawing });
        });
    }

    [Fact]
    public async Task The_handed_round_device_takes_three()
    {
        using var tablet = await _host.SignedInAsync("garonne", "F1");
        (await tablet.PostAsync($"{SigningHttpTests.Session}/tablet", null, Cancellation)).EnsureSuccessStatusCode();
        await SignAsync(tablet, new { kind = "tablet", learner = "L0" });

        await CountedAsync(StorageBudget.TabletAct, () => SignAsync(tablet, new { kind = "tablet", learner = "L1" }));
    }

    [Fact]
    public async Task A_learner_at_a_distance_takes_three()
    {
        var distant = Example.Morning with { Id = SessionId.Parse("20261123-1-S9"), Modality = Modality.Distance };
        await _host.Services.GetRequiredService<SessionsTable>().TryInsertAsync(distant, Cancellation);
        using var trainer = await _host.SignedInAsync("garonne", "F1");
        await SigningHttpTests.PostAsync(trainer, $"{Org}/sessions/{distant.Id}/open", null);
        var learner = await _host.SignedInAsync("garonne", "L1");
        using var me = await learner.GetAsync($"{Org}/me", Cancellation);
        await SignAsync(await _host.SignedInAsync("garonne", "L2"), new { kind = "remote" }, $"{distant.Id}");

        await CountedAsync(StorageBudget.RemoteAct, () => SignAsync(learner, new { kind = "remote" }, $"{distant.Id}"));
    }

    [Fact]
    public async Task A_sign_in_takes_seven()
    {
        using var before = await _host.SignedInAsync("garonne", "L2");

        await CountedAsync(StorageBudget.SignInAct, async () =>
        {
            using var signedIn = await AccessHost.SignInAsync(_host.Client(), "garonne", "L1");
            signedIn.EnsureSuccessStatusCode();
        });
    }

    [Fact]
    public async Task Closing_thirty_people_and_correcting_one_are_counted_until_the_sheet_is_sealed()
    {
        var trainer = await _host.SignedInAsync("garonne", "F1");
        await _host.Services.GetRequiredService<EnrolmentsTable>().TryWriteAsync(
            OrganisationId.Parse("garonne"), Enumerable.Range(3, 27).Select(HalfDayWorld.Enrolled), [], Cancellation);
        var before = Example.Morning with { Id = SessionId.Parse("20261123-1-S9") };
        await _host.Services.GetRequiredService<SessionsTable>().TryInsertAsync(before, Cancellation);
        await SigningHttpTests.PostAsync(trainer, $"{Org}/sessions/{before.Id}/open", null);
        await CloseAsync(trainer, $"{before.Id}");

        await CountedAsync(StorageBudget.CloseAct, () => CloseAsync(trainer, Id));
        await CountedAsync(StorageBudget.CorrectAct, async () =>
        {
            await SigningHttpTests.PostAsync(
                trainer,
                $"{SigningHttpTests.Session}/corrections",
                new { learner = "L2", mark = "absent-justified", reason = "certificat" });
            await _host.WhenIdleAsync();
        });
    }

    private async Task CloseAsync(HttpClient trainer, string session)
    {
        await SigningHttpTests.PostAsync(trainer, $"{Org}/sessions/{session}/close", new { headCount = 0, typedName = "Anne Roux" });
        await _host.WhenIdleAsync();
    }

    private async Task CountedAsync(int budget, Func<Task> act)
    {
        _calls.Reset();

        await act();

        _calls.Made.Count.ShouldBe(budget, string.Join('\n', _calls.Made));
    }

    private static async Task SignAsync(HttpClient client, object proof, string session = Id)
    {
        var presence = await SigningHttpTests.PostAsync(client, $"{Org}/presence", new { session, proof });
        await SigningHttpTests.PostAsync(
            client, $"{Org}/signatures", new { ticket = presence["ticket"]!.GetValue<string>(), drawing = HalfDayWorld.Drawing });
    }

    private async Task TokenSignAsync(HttpClient client, byte[] token, string? login)
    {
        var signed = await SigningHttpTests.PostAsync(client, $"{Org}/presence", Token(token, login, sign: true));
        signed["already"]!["method"]!.GetValue<string>().ShouldBe("token");
    }

    private object Token(byte[] token, string? login, bool sign = false)
    {
        var value = new Totp(token).ComputeTotp(_host.Time.GetUtcNow().UtcDateTime);
        return login is null
            ? new { session = Id, proof = new { kind = "token", value }, sign }
            : new { session = Id, proof = new { kind = "token", value, login }, sign };
    }

    private async Task<byte[]> TokenAsync(int learner) => (await _host.Services.GetRequiredService<ProvisionToken>().RunAsync(
        OrganisationId.Parse("garonne"), HalfDayWorld.Ref(learner), Cancellation)).ShouldBeOk().Secret();

    private string Qr() => PresenceCode.Qr(
        _key, OrganisationId.Parse("garonne"), Example.Morning.Id, PresenceCode.QrStep(_host.Time.GetUtcNow()));

    [System.Text.RegularExpressions.GeneratedRegex("/assets/[^\"#]+")]
    private static partial System.Text.RegularExpressions.Regex Shared();

    /// <summary>The one Session that the learner's page knows to be open.</summary>
    [System.Text.RegularExpressions.GeneratedRegex("\"open\":\"([^\"]+)\"")]
    private static partial System.Text.RegularExpressions.Regex Open();

    [System.Text.RegularExpressions.GeneratedRegex("\"ticket\":\"([^\"]+)\"")]
    private static partial System.Text.RegularExpressions.Regex Ticket();
}
