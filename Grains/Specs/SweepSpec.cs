using System.Collections.Immutable;
using System.Text.Json;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>
/// A validated request: which experiment, over which grid, measuring what. Made by <see cref="SpecReader"/> or from <c>sweep.json</c>.
/// </summary>
public sealed class SweepSpec
{
    private readonly Lazy<string> hash;

    internal SweepSpec(
        string name,
        IExperiment experiment,
        ImmutableArray<Axis> axes,
        ImmutableDictionary<string, KeyValue> fixedValues,
        ExperimentRequest request,
        ImmutableHashSet<string> given)
    {
        (Name, Experiment, Axes, Fixed, Request, Given) = (name, experiment, axes, fixedValues, request, given);
        hash = new Lazy<string>(() => CanonicalSpec.HashOf(this));
    }

    /// <summary>Letters, digits, '-' and '_'; names the folder, and is no part of what is computed.</summary>
    public string Name { get; }

    public IExperiment Experiment { get; }

    /// <summary>Axes in written order, the last the fastest; none for a sweep of one point.</summary>
    public ImmutableArray<Axis> Axes { get; }

    /// <summary>The values of all keys that are on no axis, defaults included.</summary>
    public ImmutableDictionary<string, KeyValue> Fixed { get; }

    /// <summary>Measures, times and seed.</summary>
    public ExperimentRequest Request { get; }

    /// <summary>OU times of the curves, ascending; null for the experiment's own, empty for no curves.</summary>
    public ImmutableArray<double>? Times => Request.Times;

    /// <summary>What is measured, in the experiment's order.</summary>
    public ImmutableArray<string> Measures => Request.Measures;

    public long Seed => Request.Seed;

    /// <summary>The keys that the user named, on an axis or fixed; the others have their defaults.</summary>
    public ImmutableHashSet<string> Given { get; }

    /// <summary>SHA-256 of <see cref="Canonical"/>, in lower-case hexadecimal digits.</summary>
    public string Hash => hash.Value;

    /// <summary>All values of a key in this sweep: its axis, or its one fixed value.</summary>
    /// <exception cref="KeyNotFoundException">The experiment has no such key.</exception>
    public ImmutableArray<KeyValue> ValuesOf(string key)
    {
        foreach (var axis in Axes)
            if (axis.Name == key) return axis.Values;
        return [Fixed[key]];
    }

    /// <summary>
    /// Text that two specs share if and only if they ask for the same rows: experiment, axes, fixed values with defaults, times,
    /// measures, seed; not the name. An axis of one value reads as a fixed value. It never changes: hashes in datasets are made of it.
    /// </summary>
    public string Canonical() => CanonicalSpec.TextOf(this);

    /// <summary>
    /// Writes the spec as one JSON object, complete: <see cref="FromJson(JsonElement, string, IReadOnlyCollection{IExperiment})"/> needs
    /// nothing else.
    /// </summary>
    public void WriteTo(Utf8JsonWriter writer) => SpecJson.Write(this, writer);

    /// <summary>The spec as indented JSON.</summary>
    public string ToJson() => SpecJson.ToText(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote, and checks all of it again; damage is a mistake, not an exception.</summary>
    public static SpecReading FromJson(string json, string fileName, IReadOnlyCollection<IExperiment> catalogue) =>
        SpecJson.Read(json, fileName, catalogue);

    /// <summary>Reads the object that <see cref="WriteTo"/> wrote, from within a larger document.</summary>
    public static SpecReading FromJson(JsonElement json, string fileName, IReadOnlyCollection<IExperiment> catalogue) =>
        SpecJson.Read(json, fileName, catalogue);
}
