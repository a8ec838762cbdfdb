using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Specs;

namespace Sweeps.Silo.Settings;

/// <summary>The address of the database, wherever it was given, and whether a password was safe there. No mistake repeats any of
/// it.</summary>
internal static class ServerSetting
{
    private const int LongestAddress = 4096;

    /// <returns>Null after a mistake.</returns>
    public static PostgresAddress? Read(GivenSettings given, List<string> mistakes)
    {
        var (direct, file) = (given[SettingKey.Server], given[SettingKey.ServerFile]);
        if (direct is not null && file is not null && direct.Source == file.Source)
        {
            mistakes.Add($"{file.Place}: the server is given by {SettingKey.Server.Name} as well; leave one of the two out");
            return null;
        }
        if (direct is null && file is null)
        {
            mistakes.Add("--server: no server is given; write --server postgresql://USER@HOST/DATABASE, "
                + "set SWEEPS_SERVER or SWEEPS_SERVER_FILE, or name a settings file with --settings");
            return null;
        }
        return direct is not null && (file is null || direct.Source < file.Source) ? Direct(direct, given.File, mistakes)
            : FromFile(file!, mistakes);
    }

    private static PostgresAddress? Direct(GivenSetting setting, string? settingsFile, List<string> mistakes)
    {
        var address = Parse(setting.Text, setting.Place, mistakes);
        if (address is not { HasPassword: true }) return address;
        switch (setting.Source)
        {
            case SettingSource.CommandLine:
                mistakes.Add($"{setting.Place}: the address holds a password, and every user of this machine can see a command line; "
                    + "put it into SWEEPS_SERVER, the settings file, a file named by SWEEPS_SERVER_FILE, or PGPASSFILE");
                return null;
            case SettingSource.File when SecretFile.IsOpenToAll(settingsFile!):
                mistakes.Add($"{setting.Place}: the address holds a password, and every user of this machine can read the file; "
                    + $"chmod o-rw {Shown.As(settingsFile!, 200)}, or use SWEEPS_SERVER_FILE or PGPASSFILE");
                return null;
            default:
                return address;
        }
    }

    private static PostgresAddress? FromFile(GivenSetting setting, List<string> mistakes)
    {
        if (SecretFile.TryReadAddress(setting.Text, out string? text, out string? mistake))
            return Parse(text, $"{setting.Place}: {Shown.As(setting.Text, 200)}", mistakes);
        mistakes.Add($"{setting.Place}: {mistake}");
        return null;
    }

    private static PostgresAddress? Parse(string text, string place, List<string> mistakes)
    {
        string? mistake = "the address is too long; write postgresql://USER@HOST/DATABASE";
        if (text.Length <= LongestAddress && PostgresAddress.TryParse(text, out var address, out mistake)) return address;
        mistakes.Add($"{place}: {mistake}");
        return null;
    }
}
