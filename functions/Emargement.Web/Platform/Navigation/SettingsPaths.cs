namespace Emargement.Web.Platform.Navigation;

/// <summary>Where the pages of an organisation's settings are, below its pages.</summary>
public static class SettingsPaths
{
    public const string Organisation = "settings";
    public const string Reasons = "reasons";
    public const string Reminders = "settings/reminders";
    public const string Managers = "settings/managers";
    public const string Keys = "keys";
    public const string Months = "settings/months";
}
