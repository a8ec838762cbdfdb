using System.Globalization;
using Sweeps.Dashboard.Api;

namespace Sweeps.Dashboard.Pages;

/// <summary>Where pages are.</summary>
internal static class Addresses
{
    public const string Sweeps = "/";
    public const string SweepsEvents = "/events";
    public const string Silos = "/silos";
    public const string SilosEvents = "/silos/events";
    public const string Submit = "/submit";

    public static string OfSweep(string id) => $"/sweeps/{Uri.EscapeDataString(id)}";

    public static string OfSweep(string id, string part) => $"{OfSweep(id)}/{part}";

    /// <summary>A sweep's page, which says what became of a request.</summary>
    public static string OfSweepSaying(string id, string said) => $"{OfSweep(id)}?said={Uri.EscapeDataString(said)}";

    public static string OfPoint(string id, long point) => $"{OfSweep(id)}/points/{point.ToString(CultureInfo.InvariantCulture)}";

    public static string OfEnded(int page) => page <= 1 ? "/#ended" : $"/?ended={page.ToString(CultureInfo.InvariantCulture)}#ended";

    /// <summary>A table of a sweep, as a file.</summary>
    public static string OfTable(string id, string table, string format) =>
        $"{ApiRoutes.Prefix}/sweeps/{Uri.EscapeDataString(id)}/{table}?format={format}";
}
