using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Cluster;

/// <summary>Questions to the API of a dashboard, and their answers; whatever goes wrong is a <see cref="ServerException"/>.</summary>
internal sealed class HttpQuestions : IDisposable
{
    /// <summary>Where the API is below the dashboard's address.</summary>
    public const string Prefix = "api/v1/";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly TimeProvider clock;

    public HttpQuestions(HttpAddress address, HttpToken token, TimeProvider clock)
    {
        this.clock = clock;
        Address = address;
        Client = new HttpClient(new SocketsHttpHandler
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
        Client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        Client.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
        if (token.Secret is { } secret) Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
    }

    public HttpAddress Address { get; }

    public HttpClient Client { get; }

    /// <summary>Whether a refusal says that there is no such sweep, rather than that there is no such address.</summary>
    public static bool IsUnknownSweep(ProblemBody? problem) => problem?.Reason == "unknown_sweep";

    public void Dispose() => Client.Dispose();

    /// <summary>What is at an address below the API's.</summary>
    public async Task<T> GetAsync<T>(string what, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Prefix + what);
        return await AskAsync<T>(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>The same; null if there is no such sweep.</summary>
    public async Task<T?> GetOrNoneAsync<T>(string what, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Prefix + what);
        return await SendAsync<T?>(request, (answer, stop) => ReadAsync<T>(answer, stop), cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a request whose answer is a body.</summary>
    public Task<T> AskAsync<T>(HttpRequestMessage request, CancellationToken cancellation)
        where T : class => SendAsync(request, async (answer, stop) =>
            await ReadAsync<T>(answer, stop).ConfigureAwait(false) ?? throw HttpFaults.Of(answer.StatusCode, null, Address), cancellation);

    // Null if there is no such sweep.
    private async Task<T?> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellation)
        where T : class
    {
        if (answer.IsSuccessStatusCode)
            return await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellation).ConfigureAwait(false)
                ?? throw new JsonException("null");
        var problem = await HttpFaults.ProblemAsync(answer, cancellation).ConfigureAwait(false);
        return answer.StatusCode is HttpStatusCode.NotFound && IsUnknownSweep(problem)
            ? null
            : throw HttpFaults.Of(answer.StatusCode, problem, Address);
    }

    /// <summary>Sends a request, and reads what comes.</summary>
    public async Task<T> SendAsync<T>(
        HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token)
                .ConfigureAwait(false);
            return await read(answer, patience.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && HttpFaults.Of(fault, Address) is not null)
        {
            throw HttpFaults.Of(fault, Address)!;
        }
    }
}
