using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>A grain over a real one, that writes down what it is asked, and does not answer, or refuses, where the test says so.</summary>
internal sealed class ScriptedGrain(ISweepGrain inner, LaneLog log, TimeSpan? leaseDuration) : ISweepGrain
{
    private volatile TaskCompletionSource answering = Answered();

    public TimeSpan? LeaseDuration => leaseDuration;

    /// <summary>What a claim says instead of granting.</summary>
    public Func<Refusal?> RefuseClaim { get; set; } = () => null;

    public Func<int, Refusal?> RefuseRenewal { get; set; } = _ => null;

    public Func<int, Refusal?> RefuseCompletion { get; set; } = _ => null;

    /// <summary>Chunks that must run alone.</summary>
    public Func<int, bool> IsAlone { get; set; } = _ => false;

    /// <summary>Leases granted, in order.</summary>
    public List<Lease> Granted { get; } = [];

    /// <summary>No call is answered, nor does anything, from now on: its database is lost.</summary>
    public void Hang() => answering = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The database is back, and so are the answers.</summary>
    public void Answer()
    {
        log.Add("back");
        answering.SetResult();
    }

    public async Task<ClaimAnswer> ClaimAsync(string worker, int maximum, CancellationToken cancellation)
    {
        log.Add("claim");
        await answering.Task.WaitAsync(cancellation);
        if (RefuseClaim() is { } refusal) return new([], refusal);
        var answer = await inner.ClaimAsync(worker, maximum, cancellation);
        answer = answer with { Leases = [.. answer.Leases.Select(lease => lease with { Alone = IsAlone(lease.Id.Chunk) })] };
        lock (Granted) Granted.AddRange(answer.Leases);
        foreach (var lease in answer.Leases) log.Add($"granted {lease.Id.Chunk}");
        return answer;
    }

    public async Task<ImmutableArray<Refusal?>> RenewAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation)
    {
        log.Add($"renew {Chunks(leases)}");
        await answering.Task.WaitAsync(cancellation);
        var answers = await inner.RenewAsync(leases, cancellation);
        log.Add($"renewed {Chunks(leases)}");
        return [.. leases.Zip(answers, (lease, refusal) => RefuseRenewal(lease.Chunk) ?? refusal)];
    }

    public async Task<ImmutableArray<Refusal?>> CompleteAsync(ImmutableArray<Completion> completions, CancellationToken cancellation)
    {
        log.Add($"complete {Chunks(completions.Select(each => each.Lease))}");
        await answering.Task.WaitAsync(cancellation);
        var answers = ImmutableArray.CreateBuilder<Refusal?>();
        foreach (var completion in completions)
            answers.Add(RefuseCompletion(completion.Lease.Chunk) ?? (await inner.CompleteAsync([completion], cancellation))[0]);
        return answers.DrainToImmutable();
    }

    public async Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied, CancellationToken cancellation)
    {
        log.Add($"{(workerDied ? "died" : "failed")} {lease.Chunk}: {cause}");
        await answering.Task.WaitAsync(cancellation);
        return await inner.FailAsync(lease, cause, workerDied, cancellation);
    }

    public async Task<ImmutableArray<Refusal?>> ReleaseAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation)
    {
        log.Add($"release {Chunks(leases)}");
        await answering.Task.WaitAsync(cancellation);
        return await inner.ReleaseAsync(leases, cancellation);
    }

    public Task<Refusal?> PauseAsync(CancellationToken cancellation) => inner.PauseAsync(cancellation);

    public Task<Refusal?> ResumeAsync(long? failureBudget, CancellationToken cancellation) =>
        inner.ResumeAsync(failureBudget, cancellation);

    public Task<Refusal?> CancelAsync(CancellationToken cancellation) => inner.CancelAsync(cancellation);

    public Task<Refusal?> ExtendAsync(int chunkCount, LedgerHoldings holdings, CancellationToken cancellation) =>
        inner.ExtendAsync(chunkCount, holdings, cancellation);

    public Task<LedgerProgress> ProgressAsync(CancellationToken cancellation) => inner.ProgressAsync(cancellation);

    private static TaskCompletionSource Answered()
    {
        var answered = new TaskCompletionSource();
        answered.SetResult();
        return answered;
    }

    private static string Chunks(IEnumerable<LeaseId> leases) => string.Join(',', leases.Select(lease => lease.Chunk).Order());
}
