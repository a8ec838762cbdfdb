using System.Diagnostics.Tracing;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Tests.Workers;

namespace Sweeps.Grains.Tests.Telemetry;

/// <summary>What is told of an exporter that fails.</summary>
public class TelemetryTroubleTests
{
    [Fact]
    public void A_failure_is_told_in_one_line_however_many_its_cause_has()
    {
        using var exporter = new Exporter("One");
        List<string> heard = [];
        using var trouble = new TelemetryTrouble(heard.Add, TimeProvider.System);
        exporter.Failed("http://c:4317/", "System.Net.Http.HttpRequestException: refused\n   at there\r\n   at here");
        Assert.Equal(["cannot send to http://c:4317/: System.Net.Http.HttpRequestException: refused"], heard);
    }

    [Fact]
    public void The_same_trouble_is_told_again_after_ten_minutes_only_and_another_at_once()
    {
        using var exporter = new Exporter("Two");
        List<string> heard = [];
        var time = new ManualTime();
        using var trouble = new TelemetryTrouble(heard.Add, time);
        exporter.Failed("a", "first");
        time.Advance(TelemetryTrouble.Silence - TimeSpan.FromSeconds(1));
        exporter.Failed("a", "second");
        exporter.Dropped("points");
        time.Advance(TimeSpan.FromSeconds(1));
        exporter.Failed("a", "third");
        exporter.Failed("a", "fourth");
        Assert.Equal(["cannot send to a: first", "dropped points", "cannot send to a: third"], heard);
    }

    [Fact]
    public void What_is_no_trouble_or_not_telemetry_s_is_not_told()
    {
        using var exporter = new Exporter("Three");
        List<string> heard = [];
        using (var trouble = new TelemetryTrouble(heard.Add, TimeProvider.System))
        {
            exporter.Sent(3);
            using var sdk = new EventSource("OpenTelemetry-Test");
            sdk.Write("Ignored", new EventSourceOptions { Level = EventLevel.Warning });
            using var other = new EventSource("Something-Else");
            other.Write("Trouble", new EventSourceOptions { Level = EventLevel.Error });
        }
        exporter.Failed("a", "after the end");
        Assert.Empty(heard);
    }

    [Fact]
    public void A_source_that_comes_later_is_heard()
    {
        List<string> heard = [];
        using var trouble = new TelemetryTrouble(heard.Add, TimeProvider.System);
        using var exporter = new Exporter("Four");
        exporter.Dropped("rows");
        Assert.Equal(["dropped rows"], heard);
    }

    // As OpenTelemetry's are: named so, and each event with a number and a text with places for its values. A name may be had once in a process.
    private sealed class Exporter(string name) : EventSource($"OpenTelemetry-Exporter-Test-{name}", EventSourceSettings.EtwSelfDescribingEventFormat)
    {
        [Event(1, Level = EventLevel.Error, Message = "cannot send to {0}: {1}")]
        public void Failed(string address, string cause) => WriteEvent(1, address, cause);

        [Event(2, Level = EventLevel.Warning, Message = "dropped {0}")]
        public void Dropped(string what) => WriteEvent(2, what);

        [Event(3, Level = EventLevel.Informational, Message = "sent {0}")]
        public void Sent(int count) => WriteEvent(3, count);
    }
}
