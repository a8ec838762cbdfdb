using Sweeps.Grains.Hosts;

namespace Sweeps.Contract.Postgres;

/// <summary>What must be in no message, whoever prints it.</summary>
internal static class Secrets
{
    /// <summary>Looks through all that an exception tells, as written and percent-encoded; ours are one sentence.</summary>
    public static void AssertKept(Exception told, string secret)
    {
        if (told is ServerException) Assert.DoesNotContain('\n', told.Message);
        for (var each = told; each is not null; each = each.InnerException)
        {
            string all = $"{each} {string.Join(' ', each.Data.Values.Cast<object?>())}";
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Uri.EscapeDataString(secret), all, StringComparison.OrdinalIgnoreCase);
        }
    }
}
