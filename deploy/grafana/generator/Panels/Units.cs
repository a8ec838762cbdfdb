namespace Sweeps.Grafana.Panels;

/// <summary>Grafana's names of units.</summary>
internal static class Units
{
    /// <summary>Shown as minutes, hours and days where they are long.</summary>
    public const string Seconds = "s";

    public const string Bytes = "bytes";

    public const string BytesPerSecond = "binBps";

    /// <summary>A count, with K and M.</summary>
    public const string Count = "short";

    /// <summary>1 is 100 %.</summary>
    public const string Share = "percentunit";

    public const string OperationsPerSecond = "ops";

    /// <summary>Milliseconds since 1970 as a date.</summary>
    public const string Moment = "dateTimeAsIso";
}
