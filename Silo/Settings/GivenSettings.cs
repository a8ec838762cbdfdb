namespace Sweeps.Silo.Settings;

/// <summary>All settings that were given, each by its first source: the command line, the environment, the settings file.</summary>
internal sealed class GivenSettings
{
    private readonly Dictionary<SettingKey, GivenSetting> given = [];

    /// <summary>The settings file's path; null if there is none.</summary>
    public string? File { get; private init; }

    public GivenSetting? this[SettingKey key] => given.GetValueOrDefault(key);

    /// <param name="flag">What the command line says; null for nothing.</param>
    /// <param name="variable">What the environment says; empty is nothing.</param>
    /// <param name="mistakes">Receives what is wrong with the file.</param>
    public static GivenSettings Gather(Func<SettingKey, string?> flag, Func<string, string?> variable, List<string> mistakes)
    {
        var file = Outside(SettingKey.File);
        var all = new GivenSettings { File = file?.Text };
        var inFile = file is null ? [] : SettingsFile.Read(file.Text, file.Place, mistakes);
        foreach (var key in SettingKey.InFile)
            if ((Outside(key) ?? inFile.GetValueOrDefault(key)) is { } value) all.given.Add(key, value);
        return all;

        GivenSetting? Outside(SettingKey key) => flag(key) is { } written
            ? new(written, key.Flag, SettingSource.CommandLine)
            : variable(key.Variable) is { Length: > 0 } text ? new(text, key.Variable, SettingSource.Environment) : null;
    }
}
