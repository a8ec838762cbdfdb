using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sweeps.Silo.Tests;

/// <summary>The program as a service manager starts and stops it.</summary>
public sealed partial class ProgramTests : IDisposable
{
    private const int SigTerm = 15;
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("sweeps-silo-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task Without_a_server_it_lives_on_answers_for_its_health_and_ends_when_told_to()
    {
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "sweeps-silo.dll"), "--data", data.FullName, "--device", "cpu", "--health",
                "127.0.0.1:0"])
        {
            RedirectStandardError = true,
            Environment = { ["SWEEPS_SERVER"] = "postgresql://nobody:geheim@127.0.0.1:1/none" },
        };
        using var silo = Process.Start(start)!;
        try
        {
            using var deadline = new CancellationTokenSource(Journal.Deadline, TimeProvider.System);
            List<string> said = [];
            while (!said.Any(line => line.Contains("warning [3] the server cannot be had", StringComparison.Ordinal)))
                said.Add(await silo.StandardError.ReadLineAsync(deadline.Token) ?? throw new InvalidOperationException(string.Join('\n',
                    said)));
            string health = said.Single(line => line.Contains("[23] health at ", StringComparison.Ordinal)).Split(" at ")[1];
            using var client = new HttpClient { BaseAddress = new(health), Timeout = Journal.Deadline };
            Assert.Equal("live\n", await client.GetStringAsync("/health/live", deadline.Token));
            using var ready = await client.GetAsync("/health/ready", deadline.Token);
            Assert.Equal((503, "starting\n"), ((int)ready.StatusCode, await ready.Content.ReadAsStringAsync(deadline.Token)));

            string page = await client.GetStringAsync("/metrics", deadline.Token);
            Assert.Matches("\nsweeps_database_errors_total\\{error_kind=\"connection\"\\} [1-9]", page);
            Assert.Contains("service_name=\"sweeps-silo\"", page, StringComparison.Ordinal);

            Assert.Equal(0, Signal(silo.Id, SigTerm));
            said.Add(await silo.StandardError.ReadToEndAsync(deadline.Token));
            await silo.WaitForExitAsync(deadline.Token);
            Assert.Equal(130, silo.ExitCode); // nothing was begun
            Assert.DoesNotContain(said, line => line.Contains("geheim", StringComparison.Ordinal));
        }
        finally
        {
            if (!silo.HasExited) silo.Kill();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
