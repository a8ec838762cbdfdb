using System.CommandLine;

namespace Sweeps.Client.Commands;

/// <summary>The argument ID.</summary>
internal static class SweepId
{
    public static Argument<string> Create() => new("ID") { Description = "The sweep's id, such as drift-17, or its number alone." };
}
