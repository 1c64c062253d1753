using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Codes;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>An organisation with a manager whom the operator invited, one whom that manager invited, and a trainer.</summary>
public sealed class SecondStepScene : IAsyncLifetime
{
    public const string Organisation = "greta";
    public const string Api = $"/api/organisations/{Organisation}";
    public const string Step = $"{Api}/me/second-step";

    internal AccessHost Host { get; private set; } = null!;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Host = await AccessHost.StartAsync(("Access:RateFactor", "1000"));
        await Host.CreateOrganisationAsync(Organisation);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A manager of this test alone: tests share the host, not people.</summary>
    /// <param name="by">Who invites; the operator unless somebody else does.</param>
    public async Task<string> NewManagerAsync(HttpClient? by = null)
    {
        var reference = "M" + Guid.NewGuid().ToString("N")[..10];
        var body = new { @ref = reference, lastName = "Roche", firstName = "Inès", email = $"{reference}@exemple.test" };
        using var made = await (by ?? Host.Operator).PostAsJsonAsync($"{Api}/managers", body, Cancellation);
        made.EnsureSuccessStatusCode();
        await Host.SetPasswordAsync(Organisation, $"manager:{reference}", AccessHost.Password);
        return reference;
    }

    public async Task<string> NewTrainerAsync()
    {
        var reference = "F" + Guid.NewGuid().ToString("N")[..10];
        var id = new AccountId(AccountKind.Trainer, Reference.Parse(reference));
        await Host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            OrganisationId.Parse(Organisation), [new AccountHolder(id, "Cazenave", "Hélène", null)], Cancellation);
        await Host.SetPasswordAsync(Organisation, id.Key, AccessHost.Password);
        return reference;
    }

    /// <summary>A browser that has given the password, and what it was told to do next.</summary>
    public async Task<(HttpClient Client, string? Next)> HalfwayAsync(string login, string password = AccessHost.Password)
    {
        var client = Host.Client();
        using var answer = await AccessHost.SignInAsync(client, Organisation, login, password);
        answer.EnsureSuccessStatusCode();
        return (client, (await AccessHost.JsonAsync(answer))["next"]?.GetValue<string>());
    }

    public static async Task<JsonObject> OfferAsync(HttpClient client)
    {
        using var offered = await client.PostAsync($"{Step}/offer", null, Cancellation);
        offered.EnsureSuccessStatusCode();
        return await AccessHost.JsonAsync(offered);
    }

    /// <summary>Sets the second step up on a browser that has given the password.</summary>
    public async Task<Owner> EnrolAsync(string login)
    {
        var (client, next) = await HalfwayAsync(login);
        next.ShouldBe("enrol");
        var offer = await OfferAsync(client);
        var secret = Base32Encoding.ToBytes(offer["secret"]!.GetValue<string>());
        using var set = await client.PostAsJsonAsync(
            Step, new { offer = offer["offer"]!.GetValue<string>(), code = CodeOf(secret) }, Cancellation);
        set.StatusCode.ShouldBe(HttpStatusCode.Created, await set.Content.ReadAsStringAsync(Cancellation));
        var codes = (await AccessHost.JsonAsync(set))["codes"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();

        // Its step is used: what follows happens in another one.
        Host.Time.Advance(TimeSpan.FromSeconds(TimeCodes.StepSeconds));
        return new Owner(login, client, secret, codes);
    }

    /// <summary>What the app shows.</summary>
    public string CodeOf(byte[] secret, int stepsOff = 0) =>
        new Totp(secret).ComputeTotp(Host.Time.GetUtcNow().UtcDateTime.AddSeconds(stepsOff * TimeCodes.StepSeconds));

    public static Task<HttpResponseMessage> TakeAsync(HttpClient client, string code) =>
        client.PostAsJsonAsync($"{Step}/code", new { code }, Cancellation);

    /// <summary>The code of the refusal, or <c>ok</c>.</summary>
    public static async Task<string> OutcomeAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return answer.IsSuccessStatusCode ? "ok" : await AccessHost.CodeAsync(answer);
        }
    }

    /// <summary>What a manager's page of the API says to this browser.</summary>
    public static async Task<string> DoorAsync(HttpClient client) =>
        await OutcomeAsync(await client.GetAsync(Api, Cancellation));
}

/// <summary>Somebody with a second step.</summary>
/// <param name="Client">The browser on which it was set up: signed in whole.</param>
public sealed record Owner(string Login, HttpClient Client, byte[] Secret, IReadOnlyList<string> Codes);
