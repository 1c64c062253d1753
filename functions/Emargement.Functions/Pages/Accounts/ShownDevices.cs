using Emargement.Functions.Accounts.Cookies;
using Emargement.Web.Accounts;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>Where somebody is signed in, as pages show it.</summary>
internal static class ShownDevices
{
    /// <param name="current">The device that shows the page, first.</param>
    public static IReadOnlyList<SignedInDevice> Of(IReadOnlyList<Device> devices, string? current) =>
        [.. devices.OrderByDescending(d => d.Id == current).ThenByDescending(d => d.CreatedAt).Select(d =>
            new SignedInDevice(d.Id, d.Use, d.Browser, d.Network, d.CreatedAt, d.Id == current))];
}
