using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>What users ask of a cluster, through the API of a dashboard.</summary>
internal sealed class HttpSweepServer : ISweepServer
{
    private const string Prefix = HttpQuestions.Prefix;
    private const int Page = 500, MostEvidence = 10_000;

    private readonly HttpQuestions dashboard;
    private readonly HttpNews news;

    public HttpSweepServer(HttpAddress address, HttpToken token, TimeProvider clock)
    {
        dashboard = new(address, token, clock);
        news = new(dashboard.Client, address, clock);
    }

    /// <inheritdoc/>
    public string Address => dashboard.Address.ToString();

    /// <inheritdoc/>
    public async Task<string> SubmitAsync(SweepSpec spec, SweepDemands demands, Guid submission, CancellationToken cancellation)
    {
        string lanes = demands.MaximumLanes is { } most ? $"&lanes={most.ToString(CultureInfo.InvariantCulture)}" : "";
        string only = DemandWords.Word(demands.Device) is { } word ? $"&only={word}" : "";
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{Prefix}sweeps?priority={demands.Priority.ToString(CultureInfo.InvariantCulture)}{lanes}{only}");
        request.Headers.Add("Idempotency-Key", submission.ToString());
        request.Content = ContentOf(spec);
        return (await dashboard.AskAsync<SweepBody>(request, cancellation).ConfigureAwait(false)).Id;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServerSweep>> ListAsync(bool ended, CancellationToken cancellation)
    {
        var sweeps = ImmutableArray.CreateBuilder<ServerSweep>();
        string? query = $"?limit={Page}&specs=true{(ended ? "&ended=true" : "")}";
        while (query is not null)
        {
            var page = await dashboard.GetAsync<SweepPageBody>($"sweeps{query}", cancellation).ConfigureAwait(false);
            sweeps.AddRange(page.Sweeps.Select(sweep => sweep.ToSweep()));
            // Only what is behind the question mark: a proxy may have put the API elsewhere.
            query = page.Next is { } next && next.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? next[mark..] : null;
        }
        return sweeps.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<ServerSweep?> FindAsync(string id, CancellationToken cancellation) => !IsId(id) ? null
        : (await dashboard.GetOrNoneAsync<SweepBody>($"sweeps/{id}", cancellation).ConfigureAwait(false))?.ToSweep();

    /// <inheritdoc/>
    public async Task<ImmutableArray<ChunkEvidence>> EvidenceAsync(string id, int most, CancellationToken cancellation)
    {
        if (!IsId(id) || most < 1) return [];
        string limit = Math.Min(most, MostEvidence).ToString(CultureInfo.InvariantCulture);
        var list = await dashboard.GetOrNoneAsync<EvidenceListBody>($"sweeps/{id}/evidence?limit={limit}", cancellation).ConfigureAwait(false);
        return list is null ? [] : [.. list.Evidence.Select(each => each.ToEvidence())];
    }

    /// <inheritdoc/>
    public async Task<RecentChunks?> RecentChunksAsync(string id, CancellationToken cancellation) => !IsId(id) ? null
        : (await dashboard.GetOrNoneAsync<RecentChunksBody>($"sweeps/{id}/chunks", cancellation).ConfigureAwait(false))?.ToRecentChunks();

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation) =>
        [.. (await dashboard.GetAsync<SiloListBody>("silos", cancellation).ConfigureAwait(false)).Silos.Select(silo => silo.ToSilo())];

    /// <inheritdoc/>
    public Task<ServerAnswer> PauseAsync(string id, CancellationToken cancellation) => RequestAsync(id, "pause", null, null, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> ResumeAsync(string id, long? failureBudget, CancellationToken cancellation) => RequestAsync(
        id, failureBudget is { } budget ? $"resume?budget={budget.ToString(CultureInfo.InvariantCulture)}" : "resume", null, null,
        cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> CancelAsync(string id, CancellationToken cancellation) =>
        RequestAsync(id, "cancel", null, null, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> ExtendAsync(string id, string from, SweepSpec spec, CancellationToken cancellation) =>
        RequestAsync(id, "extend", ContentOf(spec), from, cancellation);

    /// <inheritdoc/>
    public Task WaitForChangeAsync(string id, TimeSpan longest, CancellationToken cancellation) =>
        IsId(id) ? news.WaitAsync($"{Prefix}sweeps/{id}/events", longest, cancellation) : throw new ArgumentException("no id", nameof(id));

    public ValueTask DisposeAsync()
    {
        news.Dispose();
        dashboard.Dispose();
        return ValueTask.CompletedTask;
    }

    // Anything else names no sweep, and might name something else in an address.
    private static bool IsId(string id) =>
        id.Length is > 0 and <= 300 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static ByteArrayContent ContentOf(SweepSpec spec) => new(JsonText.Bytes(spec.WriteTo).ToArray())
    {
        Headers = { ContentType = new("application/json") },
    };

    private async Task<ServerAnswer> RequestAsync(
        string id, string what, HttpContent? content, string? hash, CancellationToken cancellation)
    {
        if (!IsId(id)) return new ServerAnswer.Unknown();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Prefix}sweeps/{id}/{what}") { Content = content };
        if (hash is not null) request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{hash}\""));
        return await dashboard.SendAsync<ServerAnswer>(request, async (answer, stop) =>
        {
            if (answer.IsSuccessStatusCode) return new ServerAnswer.Done();
            var problem = await HttpFaults.ProblemAsync(answer, stop).ConfigureAwait(false);
            return (answer.StatusCode, RefusalOf(problem?.Reason)) switch
            {
                (HttpStatusCode.NotFound, _) when HttpQuestions.IsUnknownSweep(problem) => new ServerAnswer.Unknown(),
                (HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed, { } refusal) => new ServerAnswer.Refused(refusal),
                _ => throw HttpFaults.Of(answer.StatusCode, problem, dashboard.Address),
            };
        }, cancellation).ConfigureAwait(false);
    }

    private static Refusal? RefusalOf(string? word)
    {
        foreach (var refusal in Enum.GetValues<Refusal>())
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.ToString()) == word) return refusal;
        return null;
    }
}
