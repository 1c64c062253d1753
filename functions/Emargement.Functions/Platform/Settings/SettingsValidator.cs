using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Settings;

/// <summary>Lets options through that their class's own rules accept, and says of the others what each rule says.</summary>
internal sealed class SettingsValidator<T> : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options) =>
        SettingsReader.Refused(options) is { Count: > 0 } refused ? ValidateOptionsResult.Fail(refused) : ValidateOptionsResult.Success;
}
