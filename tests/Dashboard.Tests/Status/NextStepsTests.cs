using System.Diagnostics;
using Sweeps.Dashboard.Status;
using Sweeps.Fakes;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Tests.Status;

public sealed class NextStepsTests
{
    private static readonly SweepSpec Spec = SpecReader.Read(FakeExperiment.SmallSpec, "test.yaml", [], [new FakeExperiment()]).Spec!;

    [Fact]
    public void A_plain_folder_stays_as_it_is() => Assert.Equal(
        [
            "sweeps show /d/a",
            "sweeps plot /d/a --x slope --y kind --color t_height --where width=2 -o small.svg",
            "duckdb -c \"SELECT point, t_height, t_height_se, t_height_theory FROM '/d/a/points/*.parquet' LIMIT 10\"",
        ],
        NextSteps.After(Spec, "/d/a"));

    [Fact]
    public void A_folder_with_what_a_shell_or_sql_takes_for_its_own_is_quoted_for_both()
    {
        string[] lines = [.. NextSteps.After(Spec, "/d/it's $(touch x)")];
        Assert.Equal(@"sweeps show '/d/it'\''s $(touch x)'", lines[0]);
        Assert.StartsWith(@"sweeps plot '/d/it'\''s $(touch x)' --x ", lines[1], StringComparison.Ordinal);
        Assert.Equal(
            "duckdb -c 'SELECT point, t_height, t_height_se, t_height_theory "
                + @"FROM '\''/d/it'\'''\''s $(touch x)/points/*.parquet'\'' LIMIT 10'",
            lines[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/d/it's $(touch x)")]
    [InlineData("it's here")]
    [InlineData("a'`id`\"\\!;&|<>\n~#*?[]{}")]
    [InlineData("$HOME")]
    [InlineData("ä b")]
    public async Task A_shell_takes_a_word_for_what_it_was(string word)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "-c", $"printf %s {ShellWord.Of(word)}" },
        };
        using var shell = Process.Start(start)!;
        string heard = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal(word, heard);
    }
}
