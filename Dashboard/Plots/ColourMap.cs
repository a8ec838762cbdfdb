using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>A map from [0, 1] to colours: equally spaced anchors, mixed in Oklab and cut into <see cref="Levels"/> steps.</summary>
public sealed class ColourMap
{
    /// <summary>Number of distinct colours; level 0 and level Levels − 1 are the first and the last anchor.</summary>
    public const int Levels = 256;

    private readonly ImmutableArray<Rgb> colours;

    private ColourMap(string name, bool isDiverging, params ReadOnlySpan<string> anchors)
    {
        Name = name;
        IsDiverging = isDiverging;
        Anchors = [.. anchors.ToArray().Select(Rgb.Parse)];
        ImmutableArray<Oklab> stops = [.. Anchors.Select(Oklab.From)];
        colours = [.. Enumerable.Range(0, Levels).Select(level => Mixed(stops, (double)level / (Levels - 1)))];
    }

    /// <summary>Viridis (S. van der Walt, N. Smith 2015): every 17th of its 256 published colours. For most quantities.</summary>
    public static ColourMap Viridis { get; } = new("viridis", false,
        "#440154", "#481a6c", "#472f7d", "#414487", "#39568c", "#31688e", "#2a788e", "#23888e",
        "#1f988b", "#22a884", "#35b779", "#54c568", "#7ad151", "#a5db36", "#d2e21b", "#fde725");

    /// <summary>
    /// Blue, white, orange, both arms equally light at equal distance from the middle (Oklab L 0.34 … 0.97): for shifts and z-scores.
    /// </summary>
    public static ColourMap BlueOrange { get; } = new("blue-orange", true,
        "#003477", "#005aac", "#2f8adc", "#85c1f8", "#f5f5f5", "#e7ae74", "#c26e07", "#8b4502", "#5c2501");

    public string Name { get; }

    /// <summary>Whether the middle colour stands for zero, so that the range must be symmetric about it.</summary>
    public bool IsDiverging { get; }

    /// <summary>The given colours, from 0 to 1 at equal distances.</summary>
    public ImmutableArray<Rgb> Anchors { get; }

    /// <summary>Colour of a level, 0 … <see cref="Levels"/> − 1.</summary>
    public Rgb this[int level] => colours[level];

    /// <summary>Colour of a share of the range; shares outside [0, 1] get the colour of the end.</summary>
    public Rgb At(double share) => colours[(int)Math.Round(Math.Clamp(share, 0, 1) * (Levels - 1))];

    private static Rgb Mixed(ImmutableArray<Oklab> stops, double share)
    {
        double place = share * (stops.Length - 1);
        int below = Math.Min((int)place, stops.Length - 2);
        return Oklab.Mix(stops[below], stops[below + 1], place - below).ToRgb();
    }
}
