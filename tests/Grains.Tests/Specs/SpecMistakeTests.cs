using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Tests.Specs;

/// <summary>One line per kind of mistake: where it is, what is said, what to do.</summary>
public class SpecMistakeTests
{
    [Theory]
    // Numbers.
    [InlineData("fixed: { sigma: wide }", "3:17: sigma is 'wide', not a number; write a number")]
    [InlineData("fixed: { sigma: yes }", "3:17: sigma is 'yes', not a number; write a number")]
    [InlineData("fixed: { sigma: true }", "3:17: sigma is 'true', not a number; write a number")]
    [InlineData("fixed: { sigma: '1' }", "3:17: sigma is '1', not a number; write a number, without quotes")]
    [InlineData("fixed: { sigma: }", "3:17: sigma has no value; write a number, or leave sigma out for its default")]
    [InlineData("fixed: { sigma: null }", "3:17: sigma has no value; write a number, or leave sigma out for its default")]
    [InlineData("fixed: { sigma: .nan }", "3:17: sigma is .nan, which is not finite; write a number above 0")]
    [InlineData("fixed: { sigma: .inf }", "3:17: sigma is .inf, which is not finite; write a number above 0")]
    [InlineData("fixed: { sigma: -.Inf }", "3:17: sigma is -.Inf, which is not finite; write a number above 0")]
    [InlineData("fixed: { sigma: NaN }", "3:17: sigma is 'NaN', not a number; write a number")]
    [InlineData("fixed: { sigma: 1e400 }", "3:17: sigma is '1e400', beyond what 64 bits hold; write a smaller number, in full digits")]
    [InlineData("fixed: { sigma: 0 }", "3:17: sigma is '0', out of range; write a number above 0")]
    [InlineData("fixed: { sigma: -1 }", "3:17: sigma is '-1', out of range; write a number above 0")]
    [InlineData("fixed: { horizon: 101 }", "3:19: horizon is '101', out of range; write a number above 0 and at most 100")]
    [InlineData("fixed: { samples: 63 }", "3:19: samples is '63', out of range; write an integer of at least 64 and at most 1000000000")]
    [InlineData("fixed: { samples: 64.5 }", "3:19: samples is '64.5', not an integer; write an integer")]
    [InlineData("fixed: { sigma: [1, 2] }", "3:17: sigma is fixed to a list; move it under axes:, or write one value")]
    [InlineData("fixed: { sigma: { a: 1 } }", "3:17: sigma is fixed to a mapping; move it under axes:, or write one value")]
    // Words.
    [InlineData("fixed: { schedule: cosin }", "3:20: schedule cannot be 'cosin'; did you mean 'cosine'?")]
    [InlineData("fixed: { schedule: 7 }", "3:20: schedule cannot be '7'; known here: ou, vp-linear, cosine, edm, entropy-aware")]
    [InlineData("fixed: { schedule: }", "3:20: schedule has no value; write one of ou, vp-linear, cosine, edm, entropy-aware")]
    // Keys.
    [InlineData("fixed: { sample: 64 }", "3:10: gaussian-mixture has no key 'sample'; did you mean 'samples'?")]
    [InlineData("axes: { seperation: [1] }", "3:9: gaussian-mixture has no key 'seperation'; did you mean 'separation'?")]
    [InlineData("fixed: { sigma: 1, sigma: 2 }", "3:20: 'sigma' stands here a second time; keep one of the two")]
    [InlineData("samples: 64", "3:1: 'samples' is a key of the experiment; move it under fixed: or axes:")]
    [InlineData("axis: { drift: [1] }", "3:1: a spec has no 'axis'; did you mean 'axes'?")]
    [InlineData("axes: { sigma: [1] }\nfixed: { sigma: 2 }", "4:10: sigma is on an axis and fixed; remove one of the two")]
    [InlineData("fixed: [1]", "3:8: 'fixed' has a list where keys and values belong; write fixed: { key: value }")]
    [InlineData("axes: 5", "3:7: 'axes' has a single value where keys and values belong; write axes: { key: [value, value] }")]
    // Axes.
    [InlineData("axes: { drift: [] }", "3:16: the axis drift has no values; write at least one, or remove it")]
    [InlineData("axes: { drift: 1 }",
        "3:16: drift has a single value where a list or a range belongs; write a list, or { from: …, to: …, count: … }")]
    [InlineData("axes: { drift: }",
        "3:16: drift has nothing where a list or a range belongs; write a list, or { from: …, to: …, count: … }")]
    [InlineData("axes: { drift: [0.5, 1, 0.5] }", "3:25: drift has 0.5 twice; keep one of the two")]
    [InlineData("axes: { drift: [0.3, 0.30000000000000004] }", "3:22: drift has 0.30000000000000004 twice; keep one of the two")]
    [InlineData("axes: { drift: [1, [2]] }", "3:20: drift has a list where one value belongs; write one value")]
    [InlineData("axes: { drift: [1, -2] }", "3:20: drift is '-2', out of range; write a number of at least 0")]
    [InlineData("axes: { schedule: { from: 1, to: 2, count: 2 } }", "3:19: schedule is a word and has no range; write a list of words")]
    [InlineData("axes: { drift: { from: 0, to: 1 } }", "3:16: the range of drift has no 'count'; add count: …")]
    [InlineData("axes: { drift: { to: 1, count: 3 } }", "3:16: the range of drift has no 'from'; add from: …")]
    [InlineData("axes: { drift: { from: 0, to: 1, cuont: 3 } }", "3:34: 'cuont' is no part of a range; did you mean 'count'?")]
    [InlineData("axes: { drift: {from:0} }", "3:17: 'from:0' is no part of a range; write a space after ':'")]
    [InlineData("axes: { drift: { from: 1, log_to: 2, count: 3 } }",
        "3:16: the range of drift mixes 'from', 'to' with 'log_from', 'log_to'; use one pair")]
    [InlineData("axes: { drift: { log_from: 0, log_to: 2, count: 3 } }",
        "3:28: 'log_from' is 0, and has no logarithm; write a number above 0")]
    [InlineData("axes: { drift: { from: 0, to: 1, count: 0 } }",
        "3:41: count is '0', out of range; write an integer of at least 1 and at most 1000000")]
    [InlineData("axes: { drift: { from: 0, to: 1, count: 2.5 } }", "3:41: count is '2.5', not an integer; write an integer")]
    [InlineData("axes: { drift: { from: 0, to: 1, count: 2000000 } }",
        "3:41: count is '2000000', out of range; write an integer of at least 1 and at most 1000000")]
    [InlineData("axes: { drift: { from: 0, to: 1, count: 1 } }",
        "3:16: the range of drift has a count of 1 but two ends; raise count, or make the ends equal")]
    [InlineData("axes: { dimension: { from: 1, to: 3, count: 5 } }",
        "3:9: the range of dimension has 2 twice; lower count, or move the ends apart")]
    [InlineData("axes: { drift: { from: 0, to: .inf, count: 3 } }",
        "3:31: drift is .inf, which is not finite; write a number of at least 0")]
    [InlineData("axes: { drift: { from: 0, to: 1, count: 100000 }, sigma: { from: 1, to: 2, count: 100000 } }",
        "3:9: the grid has 10000000000 points; keep it at or below 1000000000")]
    // Sections.
    [InlineData("times: 5", "3:8: times has a single value where a list or a range belongs; write a list, or { from: …, to: …, count: … }")]
    [InlineData("times: [1, -1]", "3:12: times is '-1', out of range; write a number of at least 0")]
    [InlineData("times: [2, 1, 2]", "3:15: times has 2 twice; keep one of the two")]
    [InlineData("measure: []", "3:10: 'measure' is empty; choose from [speciation, collapse, memorisation], or leave it out")]
    [InlineData("measure: [speciaton]", "3:11: gaussian-mixture cannot measure 'speciaton'; did you mean 'speciation'?")]
    [InlineData("measure: [collapse, collapse]", "3:21: 'measure' has collapse twice; keep one of the two")]
    [InlineData("measure: { a: 1 }", "3:10: 'measure' has a mapping where words belong; choose from [speciation, collapse, memorisation]")]
    [InlineData("seed: x", "3:7: seed is 'x', not an integer; write an integer")]
    [InlineData("seed: 9223372036854775808",
        "3:7: seed is '9223372036854775808', beyond what 64 bits hold; write a smaller number, in full digits")]
    [InlineData("seed: 1e17", "3:7: seed is '1e17', beyond what 64 bits hold; write a smaller number, in full digits")]
    // YAML.
    [InlineData("fixed: &all { sigma: 1 }", "3:8: '&all' is an anchor; remove it")]
    [InlineData("seed: !!int 5", "3:7: 'tag:yaml.org,2002:int' is a tag; remove it")]
    [InlineData("fixed: { <<: { sigma: 1 } }", "3:10: '<<' is a merge key; write the keys out")]
    [InlineData("fixed: { [1]: 2 }", "3:10: this key is not a word; keys are plain words")]
    [InlineData("---\nname: b", "3:1: a second document begins here; put one spec in one file")]
    // The experiment's own rules.
    [InlineData("fixed: { schedule: cosine, horizon: 5 }", "3:28: horizon has no effect with these schedules; remove it")]
    [InlineData("axes: { horizon: [5, 6] }\nfixed: { schedule: edm }", "3:9: horizon has no effect with these schedules; remove it")]
    public void A_mistake_is_named_with_place_and_remedy(string lines, string expected) =>
        Assert.Equal(["spec.yaml:" + expected], SpecText.Mistakes(SpecText.With(lines)));

    [Theory]
    [InlineData("experiment: gaussian-mixture", "spec.yaml: the spec has no 'name'; add name: …, of letters, digits, '-', '_'")]
    [InlineData("name: a", "spec.yaml: the spec has no 'experiment'; add experiment: …, one of gaussian-mixture")]
    [InlineData("name: a\nexperiment: gaussian-mixtures",
        "spec.yaml:2:13: there is no experiment 'gaussian-mixtures'; did you mean 'gaussian-mixture'?")]
    [InlineData("name: a\nexperiment: [gaussian-mixture]",
        "spec.yaml:2:13: 'experiment' has a list where one word belongs; write one word")]
    [InlineData("name:\nexperiment: gaussian-mixture", "spec.yaml:1:6: 'name' has nothing where one word belongs; write one word")]
    [InlineData("name: ''\nexperiment: gaussian-mixture", "spec.yaml:1:7: '' is no name; use letters, digits, '-', '_' only")]
    [InlineData("", "spec.yaml: the spec is empty; write at least name: … and experiment: …")]
    [InlineData("# nothing", "spec.yaml: the spec is empty; write at least name: … and experiment: …")]
    [InlineData("- 1\n- 2", "spec.yaml:1:1: the spec is a list, not keys and values; begin with name: …")]
    [InlineData("just a word", "spec.yaml:1:1: the spec is a single value, not keys and values; begin with name: …")]
    public void What_a_spec_must_have_is_asked_for(string text, string expected) => Assert.Equal([expected], SpecText.Mistakes(text));

    [Fact]
    public void A_misspelt_experiment_hides_no_other_mistake()
    {
        string[] mistakes = SpecText.Mistakes("name: a\nexperiment: gaussian-mixtures\naxes: { separaton: [1] }\nfixed: { dimension: many }\n"
            + "times: soon\nmeasure: [height]\nseed: x");
        Assert.Equal(["2", "3", "4", "5", "6", "7"], mistakes.Select(mistake => mistake.Split(':')[1]));
    }

    [Theory]
    [InlineData("../other")]
    [InlineData("..")]
    [InlineData("/etc")]
    [InlineData("a/b")]
    [InlineData("a\\\\b")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("C:")]
    [InlineData("ä")]
    [InlineData("a\\0b")]
    [InlineData("a\\nb")]
    [InlineData("~")]
    public void A_name_cannot_leave_its_folder(string name)
    {
        string mistake = Assert.Single(SpecText.Mistakes($"name: \"{name}\"\nexperiment: gaussian-mixture"));
        Assert.StartsWith("spec.yaml:1:7: ", mistake, StringComparison.Ordinal);
        Assert.EndsWith(" is no name; use letters, digits, '-', '_' only", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain(mistake, char.IsControl);
    }

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        Assert.True(SpecText.Read($"name: {new string('a', 100)}\nexperiment: gaussian-mixture").IsValid);
        Assert.Equal(["spec.yaml:1:7: the name has 101 characters; use at most 100"],
            SpecText.Mistakes($"name: {new string('a', 101)}\nexperiment: gaussian-mixture"));
    }

    [Theory]
    [InlineData("axes: { drift: [1, 2", 4)]
    [InlineData("fixed:\n  sigma: 1\n drift: 2", 5)]
    [InlineData("fixed: {\n sigma: \"1", 4)]
    [InlineData("fixed: { sigma: 1 } }", 3)]
    [InlineData("fixed:\n\tsigma: 1", 3)]
    public void Text_that_is_no_yaml_is_refused_with_its_line(string lines, int line)
    {
        var mistake = Assert.Single(SpecText.Read(SpecText.With(lines)).Mistakes);
        Assert.StartsWith("this is not YAML: ", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(line, mistake.Line);
    }

    [Theory]
    [InlineData("{ from: *d, to: 2, count: 3 }", 24)]
    [InlineData("{ from: 1, to: *d, count: 3 }", 31)]
    [InlineData("{ from: 1, to: 2, count: *d }", 41)]
    [InlineData("{ log_from: 1, log_to: *d, count: 3 }", 39)]
    [InlineData("[*d]", 17)]
    public void An_alias_on_an_axis_is_the_one_mistake_that_is_told(string axis, int column) => Assert.Equal(
        [$"spec.yaml:3:{column}: '*d' is an alias; write the value out"], SpecText.Mistakes(SpecText.With($"axes: {{ sigma: {axis} }}")));

    [Fact]
    public void An_alias_is_refused_and_not_followed()
    {
        string[] mistakes = SpecText.Mistakes(SpecText.With("axes: { drift: &d [1, 2], sigma: *d }"));
        Assert.Equal(["spec.yaml:3:16: '&d' is an anchor; remove it", "spec.yaml:3:34: '*d' is an alias; write the value out"], mistakes);
    }

    [Fact]
    public void All_mistakes_come_at_once_in_the_order_of_the_file_then_of_the_command_line()
    {
        string text = """
            name: a/b
            experiment: gaussian-mixture
            seed: 1.5
            axes:
              drift: []
              separation: { from: 1, to: -2, count: 3 }
              sigma: [1, 1]
            fixed:
              sigma: 1
              sampels: 64
            times: [.inf]
            measure: [all]
            wild: 1
            """;
        Assert.Equal(
            [
                "spec.yaml:1:7: 'a/b' is no name; use letters, digits, '-', '_' only",
                "spec.yaml:3:7: seed is '1.5', not an integer; write an integer",
                "spec.yaml:5:10: the axis drift has no values; write at least one, or remove it",
                "spec.yaml:6:30: separation is '-2', out of range; write a number of at least 0",
                "spec.yaml:7:14: sigma has 1 twice; keep one of the two",
                "spec.yaml:9:3: sigma is on an axis and fixed; remove one of the two",
                "spec.yaml:10:3: gaussian-mixture has no key 'sampels'; did you mean 'samples'?",
                "spec.yaml:11:9: times is .inf, which is not finite; write a number of at least 0",
                "spec.yaml:12:11: gaussian-mixture cannot measure 'all'; known here: speciation, collapse, memorisation",
                "spec.yaml:13:1: a spec has no 'wild'; known here: name, experiment, times, measure, seed, axes, fixed",
                "--set steps: steps is 'many', not an integer; write an integer",
                "--set colour: gaussian-mixture has no key 'colour'; known here: dimension, separation, sigma, schedule, horizon, steps, "
                    + "drift, stiffness, direction, training_points, samples",
            ],
            SpecText.Mistakes(text, ("steps", "many"), ("colour", "red")));
    }

    [Theory]
    [InlineData("samples", "", "--set samples: samples has no value; write an integer, or leave samples out for its default")]
    [InlineData("drift", "[0, 1", "--set drift: this is not YAML")]
    [InlineData("drift", "[]", "--set drift: the axis drift has no values")]
    [InlineData("drift", "{from:0,to:1,count:2}", "--set drift: 'from:0' is no part of a range; write a space after ':'")]
    [InlineData("name", "../x", "--set name: '../x' is no name")]
    [InlineData("seed", "*a", "--set seed: '*a' is an alias")]
    [InlineData("horizon", "5", "--set horizon: horizon has no effect with these schedules; remove it")]
    public void A_mistake_on_the_command_line_has_its_place_there(string key, string value, string expected) =>
        Assert.StartsWith(expected, SpecText.Mistakes(SpecText.With("fixed: { schedule: edm }"), (key, value))[0],
            StringComparison.Ordinal);

    [Fact]
    public void Ranges_beyond_the_most_points_are_refused_before_they_are_made_into_values()
    {
        string[] keys = ["separation", "sigma", "horizon", "drift", "stiffness", "samples"];
        string Axis(string key) => $"{key}: {{ from: 64, to: {(key == "horizon" ? 100 : 100_000)}, count: 50000 }}";
        string Axes(int count) => SpecText.With($"axes: {{ {string.Join(", ", keys[..count].Select(Axis))} }}");
        _ = SpecText.Mistakes(Axes(6)); // what is made once is made here
        long one = Allocated(Axes(1), 0), six = Allocated(Axes(6), 1);
        Assert.InRange(six, 0, 3 * one / 2);
        Assert.Equal(
            ["spec.yaml:3:9: the grid has 15625000000000000000000000000 points; keep it at or below 1000000000"],
            SpecText.Mistakes(Axes(6)));

        static long Allocated(string text, int mistakes)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(mistakes, SpecText.Read(text).Mistakes.Length);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_huge_spec_is_refused_unread() => Assert.Equal(
        ["spec.yaml: the spec is larger than 1048576 bytes; write long axes as ranges"],
        SpecText.Mistakes(new string(' ', SpecReader.MaximumBytes + 1)));

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Deep_nesting_is_refused_at_its_place(char bracket) => Assert.Equal(
        ["spec.yaml:3:22: nested more than 16 levels deep; a spec has at most four levels"],
        SpecText.Mistakes(SpecText.With("seed: " + new string(bracket, 100_000))));
}
