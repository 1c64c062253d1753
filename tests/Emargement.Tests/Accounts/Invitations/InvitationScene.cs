using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Emargement.Functions.Platform.Mail;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.Accounts.Invitations;

/// <summary>An organisation whose manager, Inès Roche, invites Núria Fábregas by e-mail.</summary>
public abstract partial class InvitationScene : IAsyncLifetime
{
    protected const string Chosen = "Cinq chevaux bleus";

    protected InvitationScene(StaffHost staff) => Staff = staff;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected StaffHost Staff { get; }

    private protected SentMails Mails => Staff.Mails;

    private protected AccessHost Host => Staff.Host;

    protected string Org { get; private set; } = "";

    protected HttpClient Manager { get; private set; } = null!;

    protected string Base => $"/api/organisations/{Org}";

    protected string Nuria => $"nuria@{Org}.test";

    public async ValueTask InitializeAsync()
    {
        Org = await Staff.OrganisationAsync("ines.roche@exemple.test");
        Manager = await Host.SignedInAsync(Org, "M1");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected async Task<HttpResponseMessage> InviteAsync(
        string email, string role = "manager", string? reference = null, HttpClient? client = null)
    {
        var invited = await (client ?? Manager).PostAsJsonAsync(
            $"{Base}/invitations", new { role, lastName = "Fábregas", firstName = "Núria", email, @ref = reference }, Cancellation);
        await Host.WhenIdleAsync();
        return invited;
    }

    protected Task<HttpResponseMessage> ChooseAsync(string secret) =>
        Host.Client().PostAsJsonAsync($"/api/activations/{secret}", new { password = Chosen }, Cancellation);

    private protected static string SecretOf(Mail mail) => Secret().Match(mail.Text).Groups[1].Value;

    [GeneratedRegex("/a/([A-Za-z0-9_-]{22})")]
    private static partial Regex Secret();
}
