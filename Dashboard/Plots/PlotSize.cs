namespace Sweeps.Dashboard.Plots;

/// <summary>Physical size in millimetres.</summary>
public readonly record struct PlotSize
{
    private const double PointsPerMillimetre = 72 / 25.4;
    private const double Smallest = 50;
    private const double Largest = 2000;

    /// <exception cref="ArgumentOutOfRangeException">A side outside 50 … 2000 mm: labels of legible size would not fit.</exception>
    public PlotSize(double widthMm, double heightMm)
    {
        foreach (double side in (ReadOnlySpan<double>)[widthMm, heightMm])
        {
            if (!(side is >= Smallest and <= Largest))
                throw new ArgumentOutOfRangeException(nameof(widthMm), side, $"A plot's sides must be {Smallest} to {Largest} mm.");
        }
        (WidthMm, HeightMm) = (widthMm, heightMm);
    }

    /// <summary>One column of a two-column journal: 86 mm wide.</summary>
    public static PlotSize SingleColumn { get; } = new(86, 72);

    /// <summary>Both columns: 178 mm wide.</summary>
    public static PlotSize DoubleColumn { get; } = new(178, 110);

    public double WidthMm { get; }

    public double HeightMm { get; }

    internal double Width => WidthMm * PointsPerMillimetre;

    internal double Height => HeightMm * PointsPerMillimetre;
}
