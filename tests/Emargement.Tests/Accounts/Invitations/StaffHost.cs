using Emargement.Functions.Platform.Mail;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts.Invitations;

/// <summary>One host for the tests of a class; each has an organisation of its own, with one manager.</summary>
public sealed class StaffHost : IAsyncLifetime
{
    private int _organisations;

    internal AccessHost Host { get; private set; } = null!;

    internal SentMails Mails { get; } = new();

    public async ValueTask InitializeAsync() => Host = await AccessHost.StartAsync(
        services => services.AddSingleton<IMailSender>(Mails),
        ("Access:PublicUrl", "https://emargement.example"),
        ("Access:RateFactor", "1000"),
        ("Outgoing:ThisMachine", "true"),
        ("Mail:PerMinute", "100000"),
        ("Mail:PerHour", "1000000"));

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A new organisation whose manager M1 has this address and the password of these tests.</summary>
    public Task<string> OrganisationAsync(string manager) => OrganisationAsync(_ => manager);

    /// <param name="manager">The address, by the id of the organisation.</param>
    public async Task<string> OrganisationAsync(Func<string, string> manager)
    {
        var id = $"greta{Interlocked.Increment(ref _organisations)}";
        await Host.CreateOrganisationAsync(id);
        await Host.CreateManagerAsync(id, "M1", manager(id));
        return id;
    }
}
