using Emargement.Ypareo;

namespace Emargement.YpareoConnector;

/// <summary>What the environment says: whose YPAREO is read, and to which organisation it is pushed.</summary>
/// <param name="Emargement">The service's address, as people open it.</param>
/// <param name="Key">A key of the organisation with the right <c>planning</c>.</param>
/// <param name="Source">The name under which this program pushes.</param>
public sealed record ConnectorSettings(YpareoSettings Ypareo, Uri Emargement, string Organisation, string Key, string Source)
{
    private static readonly string[] Needed =
        ["YPAREO_ADRESSE", "YPAREO_FINANCEUR", "EMARGEMENT_ADRESSE", "EMARGEMENT_ORGANISME", "EMARGEMENT_CLE"];

    /// <returns>The settings, or a sentence that names the variable at fault.</returns>
    public static (ConnectorSettings? Value, string? Wrong) Read(Func<string, string?> variable)
    {
        string? Of(string name) => variable(name)?.Trim() is { Length: > 0 } text ? text : null;

        var missing = Needed.FirstOrDefault(name => Of(name) is null);
        if (missing is not null)
        {
            return (null, $"La variable {missing} manque. README.md les explique toutes.");
        }

        var (login, secret) = (Of("YPAREO_COMPTE"), Of("YPAREO_COMPTE") is null ? Of("YPAREO_JETON") : Of("YPAREO_MOT_DE_PASSE"));
        if (secret is null)
        {
            return (null, "Donnez YPAREO_JETON, ou YPAREO_COMPTE avec YPAREO_MOT_DE_PASSE.");
        }

        if (!Uri.TryCreate(Of("YPAREO_ADRESSE"), UriKind.Absolute, out var ypareo) || ypareo.Scheme is not ("https" or "http"))
        {
            return (null, "YPAREO_ADRESSE n'est pas une adresse : elle commence par https:// et précède « /r/v1 ».");
        }

        // The key opens the organisation's planning: it leaves this network encrypted or not at all.
        if (!Uri.TryCreate(Of("EMARGEMENT_ADRESSE"), UriKind.Absolute, out var emargement)
            || !(emargement.Scheme == Uri.UriSchemeHttps || emargement.IsLoopback))
        {
            return (null, "EMARGEMENT_ADRESSE n'est pas une adresse qui commence par https://.");
        }

        var groups = Of("YPAREO_GROUPES")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var read = new YpareoSettings(ypareo, login, secret, Of("YPAREO_FINANCEUR")!, Of("YPAREO_ACTION"), groups);
        return (
            new ConnectorSettings(
                read, emargement, Of("EMARGEMENT_ORGANISME")!, Of("EMARGEMENT_CLE")!, Of("EMARGEMENT_SOURCE") ?? "ypareo"),
            null);
    }
}
