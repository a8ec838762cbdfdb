using Sweeps.Dashboard.Figures;

namespace Sweeps.Dashboard.Tests.Figures;

public class ClosedFormsTests
{
    [Fact]
    public void What_is_kept_is_not_computed_again_until_too_much_else_was_asked_for()
    {
        var forms = new ClosedForms(2);
        Dictionary<string, int> computed = [];
        IReadOnlyList<double?> Get(string key) => forms.Get(key, () =>
        {
            computed[key] = computed.GetValueOrDefault(key) + 1;
            return [computed[key]];
        });

        Get("a");
        Get("b");
        Get("a");
        Get("c");

        Assert.Equal([1], Get("a"));
        Assert.Equal([2], Get("b"));
        Assert.Equal(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2, ["c"] = 1 }, computed);
    }

    [Fact]
    public async Task Several_who_ask_at_once_compute_once()
    {
        var forms = new ClosedForms(2);
        int computed = 0;

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => forms.Get("a", () => [Interlocked.Increment(ref computed)]))));

        Assert.All(all, values => Assert.Equal([1], values));
    }

    [Fact]
    public void What_failed_is_tried_again()
    {
        var forms = new ClosedForms(2);

        Assert.Throws<OperationCanceledException>(() => forms.Get("a", () => throw new OperationCanceledException()));

        Assert.Equal([3], forms.Get("a", () => [3]));
    }
}
