using Sweeps.Compute.Devices;
using Sweeps.Silo.Settings;

namespace Sweeps.Silo.Tests.Settings;

/// <summary>Flags, then the environment, then the settings file; all mistakes at once, each with where the value came from.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string Server = "postgresql://sweeps@db/sweeps", Secret = "postgresql://sweeps:geheim@db/sweeps";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sweeps-silo-");
    private readonly Dictionary<string, string> flags = [], variables = [];

    public SettingsTests() => (flags["data"], flags["server"]) = (folder.FullName, Server);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_is_not_said_is_usual()
    {
        var settings = Right();
        Assert.Equal((DeviceChoice.Auto, null, null, null), (settings.Device, settings.Threads, settings.Health, settings.IdleExit));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), LogForm.Text),
            (settings.Grace, settings.LostAfter, settings.Log));
        Assert.Equal((Server, folder.FullName), (settings.Server.ToString(), settings.Data));
    }

    [Fact]
    public void Every_setting_can_come_from_each_source_and_the_command_line_rules_then_the_environment()
    {
        string file = Write("silo.yaml", $"""
            server: {Server}
            data: {folder.FullName}
            device: cpu
            threads: 3
            grace: 1.5
            lost_after: 20
            health: 127.0.0.1:8090
            idle_exit: 600
            log: json
            """);
        flags.Clear();
        flags["settings"] = file;
        var settings = Right();
        Assert.Equal((DeviceChoice.Processor, 3, "127.0.0.1:8090", TimeSpan.FromMinutes(10)),
            (settings.Device, settings.Threads, settings.Health!.ToString(), settings.IdleExit));
        Assert.Equal((TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(20), LogForm.Json),
            (settings.Grace, settings.LostAfter, settings.Log));

        (variables["SWEEPS_THREADS"], variables["SWEEPS_GRACE"], variables["SWEEPS_LOG"]) = ("4", "2", "");
        flags["grace"] = "3";
        settings = Right();
        Assert.Equal((4, TimeSpan.FromSeconds(3), LogForm.Json), (settings.Threads, settings.Grace, settings.Log));
    }

    [Fact]
    public void The_settings_file_may_be_named_by_the_environment()
    {
        variables["SWEEPS_SETTINGS"] = Write("silo.yaml", "threads: 7");
        Assert.Equal(7, Right().Threads);
    }

    [Fact]
    public void All_mistakes_come_at_once_with_their_places()
    {
        string file = Write("silo.yaml", "threads: 0\nlost-after: 3\ngrace: [1]\nlog: null\nhealth: 8090\n");
        (flags["settings"], flags["device"], flags["idle_exit"]) = (file, "gpu", "0");
        (variables["SWEEPS_LOST_AFTER"], variables["SWEEPS_LOG"]) = ("soon", "xml");
        flags["data"] = folder.FullName + "/nowhere";
        flags.Remove("server");

        string[] mistakes = Wrong();

        Assert.Collection(
            mistakes,
            each => Assert.Equal($"{file}:2:1: there is no setting 'lost-after'; did you mean 'lost_after'?", each),
            each => Assert.Equal($"{file}:3:8: 'grace' has a list where a single value belongs; write one value", each),
            each => Assert.StartsWith("--server: no server is given; write --server postgresql://", each),
            each => Assert.StartsWith($"--data: there is no folder '{flags["data"]}'; mount it, or make it on the file system", each),
            each => Assert.StartsWith("--device: 'gpu' is no device: write auto, cpu, ", each),
            each => Assert.Equal($"{file}:1:10: threads: '0' is no number of threads; write an integer of at least 1 and at most 1024",
                each),
            each => Assert.StartsWith("SWEEPS_LOST_AFTER: 'soon' is no time; write a number of seconds of at least 1", each),
            each => Assert.StartsWith($"{file}:5:9: health: '8090' is no address to listen on; write one with its port", each),
            each => Assert.StartsWith("--idle-exit: '0' is no time; ", each),
            each => Assert.Equal("SWEEPS_LOG: 'xml' is no form of a log; write text or json", each));
    }

    [Theory]
    [InlineData("health", "127.0.0.1")]
    [InlineData("health", "::1")]
    [InlineData("health", "somewhere:80")]
    [InlineData("health", "127.0.0.1:99999")]
    [InlineData("grace", "-1")]
    [InlineData("grace", "NaN")]
    [InlineData("grace", "1e9")]
    [InlineData("lost_after", "0.5")]
    [InlineData("threads", "1025")]
    [InlineData("threads", "2.5")]
    [InlineData("device", "")]
    [InlineData("data", "")]
    public void Values_that_mean_nothing_are_refused(string name, string value)
    {
        flags[name] = value;
        Assert.StartsWith("--" + name.Replace('_', '-') + ": ", Assert.Single(Wrong()));
    }

    [Theory]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("0.0.0.0:8090", "0.0.0.0:8090")]
    [InlineData("[::]:8090", "[::]:8090")]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    public void Health_listens_where_it_is_told(string written, string address)
    {
        flags["health"] = written;
        Assert.Equal(address, Right().Health!.ToString());
    }

    [Fact]
    public void A_data_folder_must_be_a_folder_and_writable_and_is_left_as_it_was()
    {
        string file = Write("file", "");
        flags["data"] = file;
        Assert.Contains("is a file", Assert.Single(Wrong()));
        flags["data"] = folder.FullName;
        Right();
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.FullName));
    }

    [Fact]
    public void A_settings_file_that_cannot_be_read_is_one_mistake()
    {
        flags["settings"] = folder.FullName + "/none.yaml";
        Assert.StartsWith($"--settings: '{flags["settings"]}' cannot be read", Assert.Single(Wrong()));
        flags["settings"] = Write("silo.yaml", "- a\n- b");
        Assert.Contains("silo.yaml:1:1: the settings are a list, not keys and values", Assert.Single(Wrong()));
        flags["settings"] = Write("silo.yaml", "a: {");
        Assert.Contains("this is not YAML", Assert.Single(Wrong()));
    }

    [Fact]
    public void A_password_on_the_command_line_is_refused_and_not_repeated()
    {
        flags["server"] = Secret;
        string mistake = Assert.Single(Wrong());
        Assert.StartsWith("--server: the address holds a password, and every user of this machine can see a command line; put it", mistake);
        Assert.DoesNotContain("geheim", mistake);
    }

    [Fact]
    public void A_password_in_the_environment_is_taken_and_not_shown()
    {
        flags.Remove("server");
        variables["SWEEPS_SERVER"] = Secret;
        Assert.True(Right().Server.HasPassword);
        Assert.DoesNotContain("geheim", Right().Server.ToString());
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite, false)]
    public void A_password_in_a_file_is_taken_only_where_not_everybody_can_read_it(UnixFileMode mode, bool isTaken)
    {
        if (OperatingSystem.IsWindows()) return;
        flags.Remove("server");
        string settings = Write("silo.yaml", $"server: {Secret}"), url = Write("url", Secret + "\n");
        foreach (string file in (string[])[settings, url]) File.SetUnixFileMode(file, mode);
        foreach (var (key, file, place) in ((string, string, string)[])[("settings", settings, $"{settings}:1:9: server: "),
            ("server_file", url, "--server-file: ")])
        {
            flags[key] = file;
            if (isTaken) Assert.True(Right().Server.HasPassword);
            else
            {
                string mistake = Assert.Single(Wrong());
                Assert.StartsWith(place + "the address", mistake);
                Assert.Contains("every user of this machine can read the file; chmod o-rw", mistake);
                Assert.DoesNotContain("geheim", mistake);
            }
            flags.Remove(key);
        }
    }

    [Fact]
    public void A_file_that_everybody_can_read_may_hold_an_address_without_password()
    {
        if (OperatingSystem.IsWindows()) return;
        flags.Remove("server");
        variables["SWEEPS_SERVER_FILE"] = Write("url", Server);
        File.SetUnixFileMode(variables["SWEEPS_SERVER_FILE"], UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Assert.Equal(Server, Right().Server.ToString());
    }

    [Fact]
    public void An_address_beside_a_file_with_one_is_a_mistake_in_one_source_and_a_precedence_in_two()
    {
        flags["server_file"] = Write("url", Server + "2");
        Assert.Equal("--server-file: the server is given by server as well; leave one of the two out", Assert.Single(Wrong()));
        flags.Remove("server_file");
        variables["SWEEPS_SERVER_FILE"] = Write("url", Server + "2");
        Assert.Equal(Server, Right().Server.ToString());
        flags["settings"] = Write("silo.yaml", $"server: {Server}3");
        flags.Remove("server");
        Assert.Equal(Server + "2", Right().Server.ToString());
    }

    [Fact]
    public void An_address_that_is_none_is_a_mistake_with_its_place()
    {
        flags.Remove("server");
        variables["SWEEPS_SERVER"] = "http://:geheim@db";
        string mistake = Assert.Single(Wrong());
        Assert.StartsWith("SWEEPS_SERVER: ", mistake);
        Assert.DoesNotContain("geheim", mistake);
    }

    private SettingsReading Read() => SettingsReader.Read(key => flags.GetValueOrDefault(key.Name), variables.GetValueOrDefault);

    private SiloSettings Right()
    {
        var reading = Read();
        Assert.Empty(reading.Mistakes);
        return reading.Settings!;
    }

    private string[] Wrong()
    {
        var reading = Read();
        Assert.Null(reading.Settings);
        return [.. reading.Mistakes];
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
