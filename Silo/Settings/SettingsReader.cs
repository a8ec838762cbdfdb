using System.Globalization;
using System.Net;
using Sweeps.Compute.Devices;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Specs;

namespace Sweeps.Silo.Settings;

/// <summary>Turns what was given into settings, or into all mistakes at once, each with where the value came from.</summary>
internal static class SettingsReader
{
    private const int MaximumThreads = 1024;

    /// <param name="flag">What the command line says; null for nothing.</param>
    /// <param name="variable">The environment.</param>
    public static SettingsReading Read(Func<SettingKey, string?> flag, Func<string, string?> variable)
    {
        List<string> mistakes = [];
        var given = GivenSettings.Gather(flag, variable, mistakes);
        var server = ServerSetting.Read(given, mistakes);
        string? data = DataSetting.Read(given[SettingKey.Data], mistakes);
        var device = Device(given[SettingKey.Device], mistakes);
        int? threads = Threads(given[SettingKey.Threads], mistakes);
        var grace = Seconds(given[SettingKey.Grace], 0, 86_400, mistakes) ?? SiloSettings.UsualGrace;
        var lostAfter = Seconds(given[SettingKey.LostAfter], 1, 3600, mistakes) ?? SiloSettings.UsualLostAfter;
        var health = Health(given[SettingKey.Health], mistakes);
        var idleExit = Seconds(given[SettingKey.IdleExit], 1, 31_536_000, mistakes);
        var log = Log(given[SettingKey.Log], mistakes);
        string devicePlace = given[SettingKey.Device]?.Place ?? SettingKey.Device.Flag;
        return mistakes.Count > 0
            ? new(null, [.. mistakes], devicePlace)
            : new(
                new()
                {
                    Server = server!,
                    Data = data!,
                    Device = device!,
                    Threads = threads,
                    Grace = grace,
                    LostAfter = lostAfter,
                    Health = health,
                    IdleExit = idleExit,
                    Log = log,
                },
                [],
                devicePlace);
    }

    /// <summary>The server alone, for a command that needs nothing else.</summary>
    public static (PostgresAddress? Server, IReadOnlyList<string> Mistakes) ReadServer(
        Func<SettingKey, string?> flag, Func<string, string?> variable)
    {
        List<string> mistakes = [];
        var server = ServerSetting.Read(GivenSettings.Gather(flag, variable, mistakes), mistakes);
        return (mistakes.Count == 0 ? server : null, mistakes);
    }

    private static DeviceChoice? Device(GivenSetting? given, List<string> mistakes)
    {
        if (given is null) return DeviceChoice.Auto;
        if (DeviceChoice.TryParse(Shown.OneLine(given.Text), out var choice, out string? mistake)) return choice;
        mistakes.Add($"{given.Place}: {mistake}");
        return null;
    }

    private static int? Threads(GivenSetting? given, List<string> mistakes)
    {
        if (given is null) return null;
        if (int.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads)
            && threads is >= 1 and <= MaximumThreads)
            return threads;
        mistakes.Add($"{given.Place}: {Shown.As(given.Text)} is no number of threads; "
            + $"write an integer of at least 1 and at most {MaximumThreads}");
        return null;
    }

    private static TimeSpan? Seconds(GivenSetting? given, double least, double most, List<string> mistakes)
    {
        if (given is null) return null;
        if (double.TryParse(given.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds >= least && seconds <= most)
            return TimeSpan.FromSeconds(seconds);
        mistakes.Add(FormattableString.Invariant(
            $"{given.Place}: {Shown.As(given.Text)} is no time; write a number of seconds of at least {least} and at most {most}"));
        return null;
    }

    private static IPEndPoint? Health(GivenSetting? given, List<string> mistakes)
    {
        if (given is null) return null;
        if (ListenAddress.TryParse(given.Text, out var address)) return address;
        mistakes.Add($"{given.Place}: {Shown.As(given.Text)} is no address to listen on; {ListenAddress.Remedy}");
        return null;
    }

    private static LogForm Log(GivenSetting? given, List<string> mistakes)
    {
        switch (given?.Text)
        {
            case null or "text":
                return LogForm.Text;
            case "json":
                return LogForm.Json;
            default:
                mistakes.Add($"{given.Place}: {Shown.As(given.Text)} is no form of a log; write text or json");
                return LogForm.Text;
        }
    }
}
