using System.Diagnostics;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// Native code that crashes whatever process begins with a certain chunk, as a driver would: a library put before the C library, whose
/// <c>open</c> does so when the chunk's part is to be staged. The programs know nothing of it.
/// </summary>
internal static class CrashingCode
{
    private const string Source =
        """
        #define _GNU_SOURCE
        #include <stdlib.h>
        #include <string.h>
        #include "openings.h"

        static void look(const char *path)
        {
            if (strstr(path, "_staging") == NULL || strstr(path, "-points-" PART) == NULL) return;
            CRASH;
        }
        """;

    /// <summary>Reads and writes where nothing is: SIGSEGV.</summary>
    public const string BadAccess = "*(volatile int *)0 = 0";

    /// <summary>Finds itself in a state that cannot be: SIGABRT.</summary>
    public const string Abort = "abort()";

    /// <param name="folder">Where it is built.</param>
    /// <param name="part">Name of the chunk's part; what is staged of it has an epoch before that.</param>
    /// <param name="crash">A statement of C.</param>
    /// <returns>A command that becomes the one that follows it, with the code in it.</returns>
    public static string[] Around(string folder, string part, string crash)
    {
        string source = Path.Combine(folder, "crash.c"), library = Path.Combine(folder, "crash.so");
        File.WriteAllText(source, Source);
        using var compiler = Process.Start(
            "clang-14", ["-shared", "-fPIC", "-O1", $"-I{AppContext.BaseDirectory}", $"-DPART=\"{part}\"", $"-DCRASH={crash}", "-o", library, source, "-ldl"])!;
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return ["env", $"LD_PRELOAD={library}", "DOTNET_DbgEnableMiniDump=0"];
    }
}
