using Microsoft.Extensions.Logging;

namespace Sweeps.Silo.Logging;

/// <summary>Every line that a silo may log, once. None holds a password: addresses come as their own text without secrets.</summary>
internal static partial class SiloLog
{
    [LoggerMessage(1, LogLevel.Information, "sweeps-silo {Version} begins: data {Data}, computes on {Devices}, server {Server}")]
    public static partial void Begins(this ILogger log, string version, string data, string devices, string server);

    [LoggerMessage(2, LogLevel.Information, "registered as {Silo}, {Lanes} lanes")]
    public static partial void Registered(this ILogger log, string silo, int lanes);

    [LoggerMessage(3, LogLevel.Warning, "the server cannot be had: {Reason}; lanes go on with what they hold, and it is asked again")]
    public static partial void ServerAway(this ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Information, "the server answers again")]
    public static partial void ServerBack(this ILogger log);

    [LoggerMessage(5, LogLevel.Information, "lane {Lane} works on {Sweep}")]
    public static partial void Works(this ILogger log, int lane, string sweep);

    [LoggerMessage(6, LogLevel.Information, "lane {Lane} finishes what it has begun of {Sweep}, and moves to {Next}")]
    public static partial void Moves(this ILogger log, int lane, string sweep, string next);

    [LoggerMessage(7, LogLevel.Warning, "{Sweep} is refused: {Reason}")]
    public static partial void Refuses(this ILogger log, string sweep, string reason);

    [LoggerMessage(8, LogLevel.Error, "lane {Lane} ({Device}) is retired: {Reason}")]
    public static partial void Retires(this ILogger log, int lane, string device, string reason);

    [LoggerMessage(9, LogLevel.Information, "draining ({Why}): begun chunks have {Grace} s to finish")]
    public static partial void Drains(this ILogger log, string why, double grace);

    [LoggerMessage(10, LogLevel.Warning, "the grace time is over: chunks that are not whole are handed back")]
    public static partial void GraceOver(this ILogger log);

    [LoggerMessage(11, LogLevel.Warning, "{Silo} was given up by the cluster: what it held is void, and it registers anew")]
    public static partial void GivenUp(this ILogger log, string silo);

    [LoggerMessage(12, LogLevel.Information, "dataset of {Sweep}: {Job} begins")]
    public static partial void JobBegins(this ILogger log, string sweep, string job);

    [LoggerMessage(13, LogLevel.Information, "dataset of {Sweep}: {Job} is done")]
    public static partial void JobDone(this ILogger log, string sweep, string job);

    [LoggerMessage(14, LogLevel.Warning, "dataset of {Sweep}: {Job} failed: {Reason}")]
    public static partial void JobFails(this ILogger log, string sweep, string job, string reason);

    [LoggerMessage(15, LogLevel.Warning, "dataset of {Sweep}: {Job} is another silo's now; stopped")]
    public static partial void JobTermLost(this ILogger log, string sweep, string job);

    [LoggerMessage(16, LogLevel.Warning, "the data folder cannot be used: {Reason}; it is tried again")]
    public static partial void DataAway(this ILogger log, string reason);

    [LoggerMessage(17, LogLevel.Information, "the data folder can be used again")]
    public static partial void DataBack(this ILogger log);

    [LoggerMessage(18, LogLevel.Information, "{Silo} has left")]
    public static partial void Left(this ILogger log, string silo);

    [LoggerMessage(19, LogLevel.Warning, "{Silo} could not take its leave: {Reason}; what it holds is others' when it expires")]
    public static partial void LeavesUnheard(this ILogger log, string silo, string reason);

    [LoggerMessage(20, LogLevel.Critical, "the last device is gone")]
    public static partial void NoDevices(this ILogger log);

    [LoggerMessage(21, LogLevel.Critical, "a lane does not come to its end; what it holds is others' when it expires")]
    public static partial void DoesNotEnd(this ILogger log);

    [LoggerMessage(22, LogLevel.Critical, "an error of the program itself; please report it")]
    public static partial void Fails(this ILogger log, Exception error);

    [LoggerMessage(23, LogLevel.Information, "health at {Address}")]
    public static partial void HealthAt(this ILogger log, Uri address);

    [LoggerMessage(24, LogLevel.Warning, "telemetry: {Trouble}")]
    public static partial void TelemetryLost(this ILogger log, string trouble);
}
