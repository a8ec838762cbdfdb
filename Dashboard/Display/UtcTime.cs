using System.Globalization;

namespace Sweeps.Dashboard.Display;

/// <summary>Times: UTC, ISO 8601, to the second.</summary>
internal static class UtcTime
{
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
