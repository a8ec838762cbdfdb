using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sweeps.Dashboard.Live;

namespace Sweeps.Dashboard.Tests.Live;

public sealed class SharedNewsTests
{
    private readonly Channel<string> wire = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource ended = new();
    private int begun;

    private async IAsyncEnumerable<string> Source(int key, [EnumeratorCancellation] CancellationToken over)
    {
        Interlocked.Increment(ref begun);
        try
        {
            await foreach (string news in wire.Reader.ReadAllAsync(over)) yield return $"{key} {news}";
        }
        finally
        {
            ended.SetResult();
        }
    }

    [Fact]
    public async Task However_many_follow_the_source_is_asked_once_and_ends_with_the_last()
    {
        var news = new SharedNews<int, string>(Source);
        var followers = Enumerable.Range(0, 50).Select(_ => news.FollowAsync(7, CancellationToken.None).GetAsyncEnumerator()).ToArray();
        var first = followers.Select(follower => follower.MoveNextAsync().AsTask()).ToArray();
        wire.Writer.TryWrite("a");

        await Task.WhenAll(first);

        Assert.All(followers, follower => Assert.Equal("7 a", follower.Current));
        Assert.Equal(1, begun);
        foreach (var follower in followers[1..]) await follower.DisposeAsync();
        Assert.False(ended.Task.IsCompleted);
        await followers[0].DisposeAsync();
        await ended.Task;
    }

    [Fact]
    public async Task Whoever_is_slow_or_late_gets_the_newest()
    {
        var news = new SharedNews<int, string>(Source);
        await using var quick = news.FollowAsync(1, CancellationToken.None).GetAsyncEnumerator();
        await using var slow = news.FollowAsync(1, CancellationToken.None).GetAsyncEnumerator();
        foreach (string word in (string[])["a", "b", "c"])
        {
            var next = quick.MoveNextAsync().AsTask();
            wire.Writer.TryWrite(word);
            Assert.True(await next);
            Assert.Equal($"1 {word}", quick.Current);
        }

        await slow.MoveNextAsync();
        await using var late = news.FollowAsync(1, CancellationToken.None).GetAsyncEnumerator();
        await late.MoveNextAsync();

        Assert.Equal("1 c", slow.Current);
        Assert.Equal("1 c", late.Current);
    }

    [Fact]
    public async Task A_source_that_breaks_is_told_to_those_who_wait()
    {
        var news = new SharedNews<int, string>(Source);
        await using var follower = news.FollowAsync(1, CancellationToken.None).GetAsyncEnumerator();
        var next = follower.MoveNextAsync().AsTask();
        wire.Writer.Complete(new InvalidOperationException("broken"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => next);
    }

    [Fact]
    public async Task A_follower_leaves_when_asked()
    {
        using var leaving = new CancellationTokenSource();
        var news = new SharedNews<int, string>(Source);
        await using var follower = news.FollowAsync(1, leaving.Token).GetAsyncEnumerator();
        var next = follower.MoveNextAsync().AsTask();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await ended.Task;
    }
}
