using System.Net.Http.Headers;

namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>A text form of metrics.</summary>
public sealed class ExpositionFormat
{
    private ExpositionFormat(string contentType) => ContentType = contentType;

    /// <summary>Prometheus' own, which everybody reads.</summary>
    public static ExpositionFormat PrometheusText { get; } = new("text/plain; version=0.0.4; charset=utf-8");

    /// <summary>OpenMetrics 1.0.0.</summary>
    public static ExpositionFormat OpenMetrics { get; } = new("application/openmetrics-text; version=1.0.0; charset=utf-8");

    public string ContentType { get; }

    /// <summary>
    /// What an <c>Accept</c> header likes best. OpenMetrics must be named, and liked at least as well as Prometheus' text; in every other
    /// case, also where neither is accepted, it is Prometheus' text: better than no metrics.
    /// </summary>
    /// <param name="accept">Null or empty: anything. Parts that cannot be read are skipped.</param>
    public static ExpositionFormat For(string? accept)
    {
        double open = 0;
        (double Quality, int Precision) text = (0, -1);
        foreach (string part in (accept ?? "").Split(','))
        {
            if (!MediaTypeWithQualityHeaderValue.TryParse(part, out var range)) continue;
            if (range.Quality is null && range.Parameters.Any(one => one.Name.Equals("q", StringComparison.OrdinalIgnoreCase))) continue;
            double quality = range.Quality ?? 1;
            string? version = range.Parameters
                .FirstOrDefault(one => one.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');
            switch (range.MediaType?.ToLowerInvariant())
            {
                case "application/openmetrics-text" when version is null or "1.0.0":
                    open = Math.Max(open, quality);
                    break;
                // The closest range rules, however it is liked.
                case "text/plain" when version is null or "0.0.4":
                    Say(quality, version is null ? 2 : 3);
                    break;
                case "text/*":
                    Say(quality, 1);
                    break;
                case "*/*":
                    Say(quality, 0);
                    break;
            }
        }
        return open > 0 && open >= text.Quality ? OpenMetrics : PrometheusText;

        void Say(double quality, int precision)
        {
            if (precision >= text.Precision) text = (quality, precision);
        }
    }

    public override string ToString() => ContentType;
}
