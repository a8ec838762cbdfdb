namespace Sweeps.Tests;

/// <summary>The files as they are committed.</summary>
internal static class Checkout
{
    /// <param name="path">From the top of the checkout.</param>
    public static string Path(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Sweeps.sln"))) folder = folder.Parent;
        return folder is not null ? System.IO.Path.Combine(folder.FullName, path)
            : throw new InvalidOperationException($"no Sweeps.sln above {AppContext.BaseDirectory}: run the tests in a checkout");
    }
}
