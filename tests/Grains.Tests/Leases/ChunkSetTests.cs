using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Leases;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Leases;

public class ChunkSetTests
{
    [Fact]
    public void It_is_the_set_of_what_was_added()
    {
        var range = from first in Gen.Choose(0, 40) from count in Gen.Choose(0, 6) select new ChunkRange(first, first + count);
        Prop.ForAll(range.ListOf().ToArbitrary(), ranges =>
        {
            var set = ChunkSet.Empty;
            HashSet<int> expected = [];
            foreach (var added in ranges)
            {
                set = set.Add(added);
                expected.UnionWith(Enumerable.Range(added.First, added.Count));
                if (!AgreesWith(set, expected)) return false;
            }
            return true;
        }).Check(Repeatable.Runs.WithMaxTest(500));
    }

    [Fact]
    public void Chunks_that_end_in_order_leave_no_exceptions()
    {
        var set = Enumerable.Range(0, 10_000).Aggregate(ChunkSet.Empty, (current, chunk) => current.Add(chunk));
        Assert.Equal(10_000, set.Mark);
        Assert.Empty(set.Above);
    }

    [Fact]
    public void A_gap_is_one_exception_however_much_follows()
    {
        var set = Enumerable.Range(1, 9999).Aggregate(ChunkSet.Empty, (current, chunk) => current.Add(chunk));
        Assert.Equal(0, set.Mark);
        Assert.Equal([new ChunkRange(1, 10_000)], set.Above.AsEnumerable());
        Assert.Equal(10_000, set.Add(0).Mark);
    }

    private static bool AgreesWith(ChunkSet set, HashSet<int> expected)
    {
        bool apart = set.Above.Zip(set.Above.Skip(1)).All(pair => pair.First.End < pair.Second.First);
        bool aboveMark = set.Above.All(range => range.First > set.Mark && range.Count > 0);
        return apart && aboveMark && set.Count == expected.Count
            && Enumerable.Range(0, 50).All(chunk => set.Contains(chunk) == expected.Contains(chunk)
                && set.FirstMissingFrom(chunk) == Enumerable.Range(chunk, 50).First(other => !expected.Contains(other)));
    }
}
