using System.Collections.Immutable;
using System.ComponentModel;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>The experiments there are.</summary>
internal sealed record CatalogueBody(ImmutableArray<ExperimentBody> Experiments);

/// <summary>An experiment: its keys, and what it measures.</summary>
internal sealed record ExperimentBody(
    string Name,
    string Description,
    ImmutableArray<KeyBody> Keys,
    ImmutableArray<MeasureBody> Measures);

/// <summary>A key of an experiment.</summary>
internal sealed record KeyBody(
    string Name,
    [property: Description("integer, real or choice.")] string Kind,
    [property: Description("A number or a word.")] object? Default,
    [property: Description("1 where there is none.")] string Unit,
    string Description,
    [property: Description("Smallest value allowed; null if there is no bound.")] double? Minimum,
    [property: Description("Whether the smallest value itself is not allowed.")] bool MinimumIsExclusive,
    [property: Description("Largest value allowed; null if there is no bound.")] double? Maximum,
    [property: Description("The words of a choice.")] ImmutableArray<string> Choices);

/// <summary>A word of <c>measure</c>, and what comes of it.</summary>
internal sealed record MeasureBody(
    string Name,
    [property: Description("Whether a spec that names no measures has this one.")] bool IsDefault,
    ImmutableArray<QuantityBody> Quantities,
    ImmutableArray<ObservableBody> Observables);

/// <summary>A quantity: a column of points, with its companions unless it is a closed form alone.</summary>
internal sealed record QuantityBody(string Name, string Unit, string Description, bool TheoryOnly);

/// <summary>A function of time: an observable of curves.</summary>
internal sealed record ObservableBody(string Name, string Unit, string Description);
