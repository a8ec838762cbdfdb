using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Forms;

/// <summary>A form with a spec in it, as somebody sent it.</summary>
/// <param name="Data">For the page that answers: what was typed, and what is wrong with it.</param>
/// <param name="Spec">The spec; null if there are mistakes.</param>
/// <param name="Demands">What is asked beside it.</param>
/// <param name="Starts">Whether it is to be started, and not only planned.</param>
internal sealed record SentSpec(SpecFormData Data, SweepSpec? Spec, SweepDemands Demands, bool Starts)
{
    private const int MostLanes = 100_000;

    // A text of the longest length that a spec may have, as it is sent in a form with a boundary, and the same as a file.
    private const int MostBytes = 3 * SpecReader.MaximumBytes;

    private static readonly FormOptions Limits = new()
    {
        MultipartBodyLengthLimit = 2 * SpecReader.MaximumBytes,
        ValueLengthLimit = MostBytes,
        BufferBodyLengthLimit = MostBytes,
        ValueCountLimit = 16,
        MultipartBoundaryLengthLimit = 128,
    };

    /// <summary>Reads a form and checks it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="catalogue">The experiments there are.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null if it is no form, or a larger one than any spec could make.</returns>
    public static async Task<SentSpec?> ReadAsync(
        HttpContext http, IReadOnlyCollection<IExperiment> catalogue, CancellationToken cancellation)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        if (!http.Request.HasFormContentType) return null;
        IFormCollection form;
        try
        {
            form = await new FormFeature(http.Request, Limits).ReadFormAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
        var (text, fileName) = await TextAsync(form, cancellation).ConfigureAwait(false);
        var reading = SpecReader.Read(text, fileName, [], catalogue);
        var others = ImmutableArray.CreateBuilder<string>();
        var demands = new SweepDemands(
            Integer(form, "priority", -DemandWords.HighestPriority, DemandWords.HighestPriority, others) ?? 0,
            Integer(form, "lanes", 1, MostLanes, others),
            Kind(form, others));
        var data = new SpecFormData
        {
            Text = text,
            Priority = form["priority"].ToString(),
            Lanes = form["lanes"].ToString(),
            Only = form["only"].ToString(),
            Submission = Guid.TryParse(form["submission"], out var submission) ? submission : Guid.NewGuid(),
            Mistakes = reading.Mistakes,
            OtherMistakes = others.ToImmutable(),
            Forecast = reading.IsValid && others.Count == 0 ? new SweepForecast(reading.Spec, 1) : null,
        };
        return new(data, data.MistakeCount == 0 ? reading.Spec : null, demands, form["action"] == "start");
    }

    private static async Task<(string Text, string FileName)> TextAsync(IFormCollection form, CancellationToken cancellation)
    {
        if (form.Files["file"] is { Length: > 0 } file)
        {
            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            return (await reader.ReadToEndAsync(cancellation).ConfigureAwait(false), Shown.OneLine(Path.GetFileName(file.FileName)));
        }
        // Browsers send lines with carriage returns.
        return (form["spec"].ToString().ReplaceLineEndings("\n"), "spec");
    }

    private static int? Integer(IFormCollection form, string name, int least, int most, ImmutableArray<string>.Builder mistakes)
    {
        string text = form[name].ToString().Trim();
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
            return value;
        mistakes.Add($"{name} {Shown.As(text)}: write an integer from {Numbers.Count(least)} to {Numbers.Count(most)}, or nothing");
        return null;
    }

    private static DeviceDemand Kind(IFormCollection form, ImmutableArray<string>.Builder mistakes)
    {
        string word = form["only"].ToString();
        if (word is not ("" or DemandWords.Processor or DemandWords.Accelerator))
            mistakes.Add($"only {Shown.As(word)}: choose {DemandWords.Processor}, {DemandWords.Accelerator}, or both");
        return DemandWords.Demand(word);
    }
}
