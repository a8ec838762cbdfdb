using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sweeps.Silo.Logging;
using Sweeps.Silo.Settings;

namespace Sweeps.Silo.Tests.Logging;

public class LineLoggerTests
{
    [Fact]
    public void Text_is_one_line_with_time_level_and_number()
    {
        Assert.Equal("2026-01-02T03:04:05.000Z warning [7] a-1 is refused: two\uFFFDlines", Log(LogForm.Text, log =>
            log.Refuses("a-1", "two\nlines")));
        Assert.Equal("2026-01-02T03:04:05.000Z info [9] draining (idle): begun chunks have 1.5 s to finish", Log(LogForm.Text, log =>
            log.Drains("idle", 1.5)));
    }

    [Fact]
    public void Json_is_one_line_with_the_values_beside_the_message()
    {
        using var line = JsonDocument.Parse(Log(LogForm.Json, log => log.Refuses("a-1", "two\n\"lines\"")));
        var root = line.RootElement;
        Assert.Equal("2026-01-02T03:04:05.000Z", root.GetProperty("time").GetString());
        Assert.Equal(("warning", 7, "Refuses"), (root.GetProperty("level").GetString(), root.GetProperty("event_id").GetInt32(),
            root.GetProperty("event").GetString()));
        Assert.Equal(("a-1", "two\n\"lines\""), (root.GetProperty("sweep").GetString(), root.GetProperty("reason").GetString()));
        Assert.Equal("a-1 is refused: two\n\"lines\"", root.GetProperty("message").GetString());
    }

    [Fact]
    public void Json_has_numbers_as_numbers()
    {
        using var registered = JsonDocument.Parse(Log(LogForm.Json, log => log.Registered("node-1", 12)));
        Assert.Equal(12, registered.RootElement.GetProperty("lanes").GetInt32());
        using var drains = JsonDocument.Parse(Log(LogForm.Json, log => log.Drains("idle", 1.5)));
        Assert.Equal(1.5, drains.RootElement.GetProperty("grace").GetDouble());
        using var forever = JsonDocument.Parse(Log(LogForm.Json, log => log.Drains("idle", double.PositiveInfinity)));
        Assert.Equal("Infinity", forever.RootElement.GetProperty("grace").GetString());
    }

    [Fact]
    public void Every_event_has_a_number_of_its_own()
    {
        int[] numbers = [.. typeof(SiloLog).GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
            .SelectMany(method => method.GetCustomAttributes(typeof(LoggerMessageAttribute), false)).Cast<LoggerMessageAttribute>().Select(
                each => each.EventId)];
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    private static string Log(LogForm form, Action<ILogger> write)
    {
        using var output = new StringWriter();
        write(new LineLogger(output, form, new ManualTime()));
        return Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)).TrimEnd('\r');
    }
}
