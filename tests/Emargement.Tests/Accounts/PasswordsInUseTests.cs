using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Platform.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.Accounts;

/// <summary>Passwords as people use them, as OWASP ASVS 5.0 asks; each test bears the number of what it proves. 6.2.6 and 6.2.7 are proved
/// in a browser.</summary>
public sealed class PasswordsInUseTests : IAsyncLifetime
{
    private const string Org = "greta";
    private const string Own = $"/api/organisations/{Org}/me";
    private const string NewPassword = "Cinq chevaux bleus";

    private static readonly OrganisationId Organisation = OrganisationId.Parse(Org);
    private static readonly AccountId Awa = new(AccountKind.Learner, Reference.Parse("L1"));

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            Organisation, [new AccountHolder(Awa, "Diallo", "Awa", null)], Cancellation);
        await _host.SetPasswordAsync(Org, Awa.Key, AccessHost.Password);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task V6_2_2_and_V6_2_3_People_change_their_password_with_the_one_they_have()
    {
        var client = await _host.SignedInAsync(Org, "L1");

        using var wrong = await ChangeAsync(client, "Trois chevaux verts", NewPassword);
        using var right = await ChangeAsync(client, AccessHost.Password, NewPassword);

        (await AccessHost.CodeAsync(wrong)).ShouldBe("sign-in-wrong");
        right.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SignInAsync(NewPassword)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(" Cinq  chevaux bleus ", " Cinq  chevaux bleus ", HttpStatusCode.OK)]
    [InlineData(" Cinq  chevaux bleus ", "Cinq  chevaux bleus", HttpStatusCode.Unauthorized)]
    [InlineData(" Cinq  chevaux bleus ", " Cinq chevaux bleus ", HttpStatusCode.Unauthorized)]
    [InlineData("Cinq chevaux bleus", "cinq chevaux bleus", HttpStatusCode.Unauthorized)]
    public async Task V6_2_8_A_password_is_compared_as_it_was_typed(string chosen, string typed, HttpStatusCode answer)
    {
        await _host.SetPasswordAsync(Org, Awa.Key, chosen);

        (await SignInAsync(typed)).ShouldBe(answer);
    }

    [Fact]
    public async Task V6_2_9_A_long_password_counts_to_its_last_character()
    {
        var longest = string.Concat(Enumerable.Range(0, 32).Select(i => $"{i:D3}é"));
        longest.Length.ShouldBe(128);
        await _host.SetPasswordAsync(Org, Awa.Key, longest);

        (await SignInAsync(longest[..^1] + "e")).ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(longest)).ShouldBe(HttpStatusCode.OK);
        PasswordRules.Check(longest + "é", []).ShouldNotBeNull().Code.ShouldBe("password-too-long");
    }

    [Fact]
    public async Task V6_2_10_A_password_does_not_expire()
    {
        _host.Time.Advance(TimeSpan.FromDays(800));

        (await SignInAsync(AccessHost.Password)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_hash_is_renewed_at_the_next_sign_in_when_the_way_of_hashing_has_moved()
    {
        var weaker = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 500 }));
        var table = _host.Services.GetRequiredService<AccountsTable>();
        var before = await FindAsync(table);
        var old = before.Value with { PasswordHash = weaker.HashPassword(before.Value, AccessHost.Password) };
        (await table.TryReplaceAsync(Organisation, before, old, Cancellation)).ShouldBeTrue();
        var phone = _host.Client();

        (await SignInAsync("Trois chevaux verts")).ShouldBe(HttpStatusCode.Unauthorized);
        (await FindAsync(table)).Value.PasswordHash.ShouldBe(old.PasswordHash, "nobody proved that they know the password");
        using var signedIn = await AccessHost.SignInAsync(phone, Org, "L1");
        var renewed = (await FindAsync(table)).Value;
        (await SignInAsync(AccessHost.Password)).ShouldBe(HttpStatusCode.OK);

        var hasher = _host.Services.GetRequiredService<IPasswordHasher<Account>>();
        hasher.VerifyHashedPassword(old, old.PasswordHash!, AccessHost.Password).ShouldBe(PasswordVerificationResult.SuccessRehashNeeded);
        hasher.VerifyHashedPassword(renewed, renewed.PasswordHash!, AccessHost.Password).ShouldBe(PasswordVerificationResult.Success);
        renewed.Stamp.ShouldBe(old.Stamp);
        (await FindAsync(table)).Value.PasswordHash.ShouldBe(renewed.PasswordHash, "once");
        using var me = await phone.GetAsync(Own, Cancellation);
        me.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string current, string password) =>
        client.PostAsJsonAsync($"{Own}/password", new { current, password }, Cancellation);

    private static async Task<Stored<Account>> FindAsync(AccountsTable table) =>
        (await table.FindAsync(Organisation, Awa, Cancellation)).ShouldNotBeNull();

    private async Task<HttpStatusCode> SignInAsync(string password)
    {
        using var answer = await AccessHost.SignInAsync(_host.Client(), Org, "L1", password);
        return answer.StatusCode;
    }
}
