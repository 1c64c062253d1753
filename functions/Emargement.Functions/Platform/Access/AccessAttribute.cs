using Emargement.Domain.Accounts;

namespace Emargement.Functions.Platform.Access;

/// <summary>
/// Who may call this function. Every function with an HTTP trigger has this or
/// <see cref="PublicAttribute"/>: a test walks them all.
/// </summary>
/// <remarks>When the route holds <c>{org}</c> or <c>{region}</c>, it must be the caller's own; an operator may name any.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessAttribute(Callers callers) : Attribute
{
    public Callers Callers { get; } = callers;

    /// <summary>What a machine's or a Région's key must be allowed to do: one of <c>ApiRights</c>.</summary>
    public string? Right { get; set; }

    /// <summary>What an officer must be at least.</summary>
    public OfficerRole Role { get; set; }

    /// <summary>Calls that one caller may make in a minute.</summary>
    public int PerMinute { get; set; } = 120;
}

/// <summary>Anyone may call this function. The reason is a sentence, read by whoever reviews the list.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicAttribute(string because) : Attribute
{
    public string Because { get; } = because;

    /// <summary>Calls that one network, or one signed-in caller, may make in a minute.</summary>
    public int PerMinute { get; set; } = 60;
}

/// <summary>The function answers a page: a caller who is not let in is sent to the sign-in page instead of receiving a problem.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PageAttribute : Attribute
{
    /// <summary>
    /// Route of the page whose form the function takes, where nothing is shown at its own address: there the reader chooses another
    /// language, and comes back after signing in. Null when it is its own.
    /// </summary>
    public string? Of { get; init; }
}
