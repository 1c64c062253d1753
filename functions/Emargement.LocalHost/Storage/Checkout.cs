namespace Emargement.LocalHost.Storage;

/// <summary>The working copy that this program was built in: each keeps its own data.</summary>
internal static class Checkout
{
    /// <summary>The folder of the solution, or where the program was started when it runs elsewhere.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Git ignores it; deleting it starts anew.</summary>
    public static string DataFolder => Directory.CreateDirectory(Path.Combine(Root, ".data")).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Emargement.Functions.sln")))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}
