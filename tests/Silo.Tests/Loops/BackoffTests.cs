using Sweeps.Silo.Loops;

namespace Sweeps.Silo.Tests.Loops;

public class BackoffTests
{
    [Fact]
    public void Pauses_double_from_a_fifth_of_a_second_to_ten_and_jitter_takes_up_to_half_away()
    {
        var jitter = new Jitter("host");
        for (int failures = 1; failures <= 40; failures++)
        {
            double full = Math.Min(10, 0.2 * Math.Pow(2, failures - 1));
            Assert.InRange(Backoff.After(failures, jitter).TotalSeconds, full / 2, full);
        }
        Assert.InRange(Backoff.After(40, jitter, TimeSpan.FromSeconds(2)).TotalSeconds, 1, 2);
    }

    [Fact]
    public void Silos_of_different_hosts_ask_at_different_moments_and_one_host_can_be_repeated()
    {
        var second = TimeSpan.FromSeconds(1);
        TimeSpan[] Draw(string host)
        {
            var jitter = new Jitter(host);
            return [.. Enumerable.Range(0, 8).Select(_ => jitter.Of(second))];
        }
        Assert.Equal(Draw("a"), Draw("a"));
        Assert.Empty(Draw("a").Intersect(Draw("b")));
    }
}
