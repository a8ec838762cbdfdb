using System.Collections.Immutable;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Forms;

/// <summary>A form with a spec in it, as its page shows it.</summary>
public sealed record SpecFormData
{
    /// <summary>The spec as it was typed or uploaded.</summary>
    public required string Text { get; init; }

    public string Priority { get; init; } = "";

    public string Lanes { get; init; } = "";

    public string Only { get; init; } = "";

    /// <summary>The same for each sending of one form, so that a double click is one sweep.</summary>
    public Guid Submission { get; init; }

    /// <summary>What is wrong in the spec.</summary>
    public ImmutableArray<SpecMistake> Mistakes { get; init; } = [];

    /// <summary>What is wrong beside it, a sentence each.</summary>
    public ImmutableArray<string> OtherMistakes { get; init; } = [];

    /// <summary>What the spec would come to; null unless that was asked and nothing is wrong.</summary>
    public SweepForecast? Forecast { get; init; }

    /// <summary>Points that the sweep has already, where it is extended.</summary>
    public long? PointsBefore { get; init; }

    public int MistakeCount => Mistakes.Length + OtherMistakes.Length;
}
