using System.Collections.Immutable;

namespace Sweeps.Silo.Settings;

/// <summary>A setting: what it is called in the settings file, and by it on the command line and in the environment.</summary>
/// <param name="Name">In the file: <c>lost_after</c>.</param>
/// <param name="HelpName">What its value is.</param>
/// <param name="Description">For <c>--help</c>.</param>
internal sealed record SettingKey(string Name, string HelpName, string Description)
{
    public static readonly SettingKey Server = new("server", "URL", "The cluster's database, postgresql://USER@HOST/DATABASE. "
        + "A password is no part of a command line: put it into SWEEPS_SERVER, the settings file, --server-file or PGPASSFILE.");

    public static readonly SettingKey ServerFile = new("server_file", "FILE", "A file that holds the URL, such as a mounted secret.");

    public static readonly SettingKey Data = new("data", "DIR", "The data folder that all silos share; a folder in it for each sweep.");

    public static readonly SettingKey Device = new("device", "auto|cpu|opencl[:i]|cuda[:i]",
        "Where to compute, a lane for each device; 'sweeps devices' lists them [default: auto].");

    public static readonly SettingKey Threads = new("threads", "N", "Threads that compute [default: all].");

    public static readonly SettingKey Grace = new("grace", "SECONDS",
        "How long chunks that have begun may take to finish when the silo is told to end [default: 30].");

    public static readonly SettingKey LostAfter = new("lost_after", "SECONDS",
        "Silence after which others take this silo's chunks [default: 10]; it is heard of five times as often.");

    public static readonly SettingKey Health = new("health", "ADDRESS",
        "Where to answer GET /health/live, /health/ready and /metrics, as in 127.0.0.1:8090 [default: nowhere].");

    public static readonly SettingKey IdleExit = new("idle_exit", "SECONDS", "End after so long without work [default: never].");

    public static readonly SettingKey Log = new("log", "text|json", "Form of the log on standard error [default: text].");

    /// <summary>The file that the others may come from; not itself in the file.</summary>
    public static readonly SettingKey File = new("settings", "FILE",
        "A file in YAML with any of the other settings, as in 'lost_after: 20'.");

    /// <summary>All that the file may hold, in the order of help and of mistakes.</summary>
    public static readonly ImmutableArray<SettingKey> InFile =
        [Server, ServerFile, Data, Device, Threads, Grace, LostAfter, Health, IdleExit, Log];

    /// <summary><c>--lost-after</c>.</summary>
    public string Flag => "--" + Name.Replace('_', '-');

    /// <summary><c>SWEEPS_LOST_AFTER</c>.</summary>
    public string Variable => "SWEEPS_" + Name.ToUpperInvariant();
}
