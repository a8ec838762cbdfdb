using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
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
    private const string Prefix = "api/v1/";
    private const int LongestPage = 1000, MostEvidence = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpAddress address;
    private readonly HttpClient client;
    private readonly HttpNews news;

    public HttpSweepServer(HttpAddress address, HttpToken token, TimeProvider clock)
    {
        this.address = address;
        client = new HttpClient(new SocketsHttpHandler
        {
            // A token is for this address alone.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AutomaticDecompression = DecompressionMethods.All,
        })
        {
            BaseAddress = address.Root,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
        if (token.Secret is { } secret) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        news = new HttpNews(client, address, clock);
    }

    /// <inheritdoc/>
    public string Address => address.ToString();

    /// <inheritdoc/>
    public async Task<string> SubmitAsync(SweepSpec spec, SweepDemands demands, Guid submission, CancellationToken cancellation)
    {
        string lanes = demands.MaximumLanes is { } most ? $"&lanes={most.ToString(CultureInfo.InvariantCulture)}" : "";
        string only = DemandWords.Word(demands.Device) is { } word ? $"&only={word}" : "";
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{Prefix}sweeps?priority={demands.Priority.ToString(CultureInfo.InvariantCulture)}{lanes}{only}");
        request.Headers.Add("Idempotency-Key", submission.ToString());
        request.Content = ContentOf(spec);
        return (await AskAsync<SweepBody>(request, cancellation).ConfigureAwait(false)).Id;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServerSweep>> ListAsync(bool ended, CancellationToken cancellation)
    {
        var sweeps = ImmutableArray.CreateBuilder<ServerSweep>();
        string? query = $"?limit={LongestPage}&specs=true{(ended ? "&ended=true" : "")}";
        while (query is not null)
        {
            var page = await GetAsync<SweepPageBody>($"sweeps{query}", cancellation).ConfigureAwait(false);
            sweeps.AddRange(page.Sweeps.Select(sweep => sweep.ToSweep()));
            // Only what is behind the question mark: a proxy may have put the API elsewhere.
            query = page.Next is { } next && next.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? next[mark..] : null;
        }
        return sweeps.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<ServerSweep?> FindAsync(string id, CancellationToken cancellation) => !IsId(id) ? null
        : (await GetOrNoneAsync<SweepBody>($"sweeps/{id}", cancellation).ConfigureAwait(false))?.ToSweep();

    /// <inheritdoc/>
    public async Task<ImmutableArray<ChunkEvidence>> EvidenceAsync(string id, int most, CancellationToken cancellation)
    {
        if (!IsId(id) || most < 1) return [];
        string limit = Math.Min(most, MostEvidence).ToString(CultureInfo.InvariantCulture);
        var list = await GetOrNoneAsync<EvidenceListBody>($"sweeps/{id}/evidence?limit={limit}", cancellation).ConfigureAwait(false);
        return list is null ? [] : [.. list.Evidence.Select(each => each.ToEvidence())];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation) =>
        [.. (await GetAsync<SiloListBody>("silos", cancellation).ConfigureAwait(false)).Silos.Select(silo => silo.ToSilo())];

    /// <inheritdoc/>
    public Task<ServerAnswer> PauseAsync(string id, CancellationToken cancellation) => RequestAsync(id, "pause", null, null, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> ResumeAsync(string id, long? failureBudget, CancellationToken cancellation) => RequestAsync(
        id, failureBudget is { } budget ? $"resume?budget={budget.ToString(CultureInfo.InvariantCulture)}" : "resume", null, null, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> CancelAsync(string id, CancellationToken cancellation) => RequestAsync(id, "cancel", null, null, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> ExtendAsync(string id, string from, SweepSpec spec, CancellationToken cancellation) =>
        RequestAsync(id, "extend", ContentOf(spec), from, cancellation);

    /// <inheritdoc/>
    public Task WaitForChangeAsync(string id, TimeSpan longest, CancellationToken cancellation) =>
        IsId(id) ? news.WaitAsync($"{Prefix}sweeps/{id}/events", longest, cancellation) : throw new ArgumentException("no id", nameof(id));

    public ValueTask DisposeAsync()
    {
        news.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    // Anything else names no sweep, and might name something else in an address.
    private static bool IsId(string id) =>
        id.Length is > 0 and <= 300 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static ByteArrayContent ContentOf(SweepSpec spec) => new(JsonText.Bytes(spec.WriteTo).ToArray())
    {
        Headers = { ContentType = new("application/json") },
    };

    private async Task<ServerAnswer> RequestAsync(string id, string what, HttpContent? content, string? hash, CancellationToken cancellation)
    {
        if (!IsId(id)) return new ServerAnswer.Unknown();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Prefix}sweeps/{id}/{what}") { Content = content };
        if (hash is not null) request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{hash}\""));
        return await SendAsync<ServerAnswer>(request, async (answer, stop) =>
        {
            if (answer.IsSuccessStatusCode) return new ServerAnswer.Done();
            var problem = await HttpFaults.ProblemAsync(answer, stop).ConfigureAwait(false);
            return (answer.StatusCode, RefusalOf(problem?.Reason)) switch
            {
                (HttpStatusCode.NotFound, _) when problem?.Reason == UnknownReason => new ServerAnswer.Unknown(),
                (HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed, { } refusal) => new ServerAnswer.Refused(refusal),
                _ => throw HttpFaults.Of(answer.StatusCode, problem, address),
            };
        }, cancellation).ConfigureAwait(false);
    }

    private const string UnknownReason = "unknown_sweep";

    private static Refusal? RefusalOf(string? word)
    {
        foreach (var refusal in Enum.GetValues<Refusal>())
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.ToString()) == word) return refusal;
        return null;
    }

    private async Task<T> GetAsync<T>(string what, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Prefix + what);
        return await AskAsync<T>(request, cancellation).ConfigureAwait(false);
    }

    private async Task<T?> GetOrNoneAsync<T>(string what, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Prefix + what);
        return await SendAsync<T?>(request, (answer, stop) => ReadAsync<T>(answer, stop), cancellation).ConfigureAwait(false);
    }

    private Task<T> AskAsync<T>(HttpRequestMessage request, CancellationToken cancellation)
        where T : class => SendAsync(request, async (answer, stop) =>
            await ReadAsync<T>(answer, stop).ConfigureAwait(false) ?? throw HttpFaults.Of(answer.StatusCode, null, address), cancellation);

    // Null if there is no such sweep.
    private async Task<T?> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellation)
        where T : class
    {
        if (answer.IsSuccessStatusCode)
            return await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellation).ConfigureAwait(false) ?? throw new JsonException("null");
        var problem = await HttpFaults.ProblemAsync(answer, cancellation).ConfigureAwait(false);
        return answer.StatusCode is HttpStatusCode.NotFound && problem?.Reason == UnknownReason
            ? null
            : throw HttpFaults.Of(answer.StatusCode, problem, address);
    }

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            return await read(answer, patience.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && HttpFaults.Of(fault, address) is not null)
        {
            throw HttpFaults.Of(fault, address)!;
        }
    }
}
