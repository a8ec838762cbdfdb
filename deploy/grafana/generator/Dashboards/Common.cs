using System.Collections.Immutable;
using Sweeps.Grafana.Panels;
using Sweeps.Grafana.Queries;
using Sweeps.Grains.Telemetry.Declarations;
using static Sweeps.Grafana.Queries.Promql;

namespace Sweeps.Grafana.Dashboards;

/// <summary>What several dashboards ask or draw alike.</summary>
internal static class Common
{
    /// <summary>All the time shown.</summary>
    public const string TimeShown = "$__range";

    /// <summary>From point to point of a graph.</summary>
    public const string EachStep = "$__interval";

    /// <summary>A cause for a look.</summary>
    public static readonly ImmutableArray<Threshold> AnyIsBad = [new(1, "red")];

    /// <summary>May happen; a silo that went, a device that left.</summary>
    public static readonly ImmutableArray<Threshold> AnyIsUnusual = [new(1, "orange")];

    /// <summary>By chance alone 12 of 10⁷ values lie beyond 6, and 5 of 10⁹ beyond 8: Student's law, 31 degrees of freedom.</summary>
    public static readonly ImmutableArray<Threshold> Deviation = [new(6, "orange"), new(8, "red")];

    /// <summary>Of thread time; below, lanes wait for the file system, the database or one another.</summary>
    public static readonly ImmutableArray<Threshold> Busy = [new(0.5, "orange"), new(0.8, "green")];

    /// <summary>A lease lasts a minute where nobody said otherwise, and is renewed each third of it.</summary>
    public static readonly ImmutableArray<Threshold> LeaseRunsOut = [new(30, "orange"), new(60, "red")];

    /// <summary>A colour for each state, the same on every dashboard.</summary>
    /// <exception cref="ArgumentException">A state that has no colour.</exception>
    public static ImmutableArray<(string Name, string Color)> States(params string[] names) =>
    [
        .. names.Select(name => (name, name switch
        {
            "done" or "settled" or "working" or "running" => "green",
            "leased" or "completed" => "blue",
            "open" or "waiting" or "idle" => "text",
            "paused" or "draining" or "retired" or "cancelled" => "orange",
            "failed" or "quarantined" or "lost" or "failed_budget" => "red",
            _ => throw new ArgumentException($"no colour for {name}", nameof(names)),
        })),
    ];

    /// <summary>Only silos that are chosen.</summary>
    public static Selector OfSilo(InstrumentDeclaration declared) => Selector.Of(declared).OneOf(Metric.Instance, "$silo");

    /// <summary>Part of the thread time that was spent computing.</summary>
    public static Query KernelShare(Func<InstrumentDeclaration, Selector> chosen, params string[] by) =>
        Rate(chosen(LaneInstruments.KernelTime), by) / Rate(chosen(LaneInstruments.ThreadTime), by);

    /// <summary>The quantiles that say how most fare, how the slow ones do, and how bad it gets.</summary>
    /// <param name="histogram">Of what.</param>
    /// <param name="legend">What follows the quantile's name.</param>
    /// <param name="by">Labels to keep.</param>
    public static ImmutableArray<Target> Quantiles(Selector histogram, string legend, params string[] by) =>
    [
        .. new[] { (0.5, "p50"), (0.95, "p95"), (0.99, "p99") }
            .Select(one => new Target($"{one.Item2} {legend}".TrimEnd(), Quantile(one.Item1, histogram, by))),
    ];

    /// <summary>Rare events as bars: whole numbers in each step.</summary>
    public static Target EventBars(string legend, Selector counter, params string[] by) =>
        new(legend, Events(counter, EachStep, by));
}
