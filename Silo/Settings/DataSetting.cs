using Sweeps.Grains.Specs;

namespace Sweeps.Silo.Settings;

/// <summary>
/// The data folder. It must be there already: where a shared file system is not mounted, a folder made in its place would fill this
/// machine's disk.
/// </summary>
internal static class DataSetting
{
    /// <returns>The absolute path; null after a mistake.</returns>
    public static string? Read(GivenSetting? given, List<string> mistakes)
    {
        if (given is null)
        {
            mistakes.Add("--data: no data folder is given; write --data DIR, or set SWEEPS_DATA");
            return null;
        }
        string shown = Shown.As(given.Text, 200);
        if (given.Text.Length == 0 || given.Text.Contains('\0', StringComparison.Ordinal))
            mistakes.Add($"{given.Place}: {shown} names no folder; name the folder that all silos share");
        else if (File.Exists(given.Text))
            mistakes.Add($"{given.Place}: {shown} is a file; name the folder that all silos share");
        else if (!Directory.Exists(given.Text))
            mistakes.Add($"{given.Place}: there is no folder {shown}; mount it, or make it on the file system that all silos share");
        else if (WhyNotWritable(given.Text) is { } reason)
            mistakes.Add($"{given.Place}: {shown} cannot be written ({Shown.OneLine(reason).TrimEnd('.')}); give this user access");
        else
            return Path.GetFullPath(given.Text);
        return null;
    }

    private static string? WhyNotWritable(string folder)
    {
        string probe = Path.Combine(folder, $".sweeps-silo-{Guid.NewGuid():N}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
    }
}
