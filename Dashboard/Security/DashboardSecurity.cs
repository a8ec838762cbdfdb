using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Answers;
using Sweeps.Dashboard.Security.Browsers;
using Sweeps.Dashboard.Security.Limits;

namespace Sweeps.Dashboard.Security;

/// <summary>Everything that stands before the routes, in its order.</summary>
internal static class DashboardSecurity
{
    private const int MostFields = 64;

    public static void AddSecurity(this IServiceCollection services, DashboardOptions options, TimeProvider clock)
    {
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton(new BrowserSessions(clock));
        services.AddSingleton(new FailedSignIns(options.Limits, clock));
        services.AddTransient<TokenAuthentication>();
        services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<TokenAuthentication>(TokenAuthentication.Scheme, null);
            authentication.DefaultScheme = TokenAuthentication.Scheme;
        });
        services.AddAuthorization(authorization =>
        {
            foreach (string policy in (string[])[Policies.Read, Policies.Operate])
                authorization.AddPolicy(policy, needs => needs.RequireRole(policy));
            // Without a word of their own routes are for those who may look, and so is the answer that there is no such route.
            authorization.FallbackPolicy = authorization.DefaultPolicy = authorization.GetPolicy(Policies.Read)!;
        });
        services.AddSingleton(_ => RateLimits.Of(options.Limits)); // made here, so that it ends with the others
        services.AddRateLimiter(limiter => limiter.OnRejected = RateLimits.RefuseAsync);
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>>(provider => new ConfigureOptions<RateLimiterOptions>(
            limiter => limiter.GlobalLimiter = provider.GetRequiredService<PartitionedRateLimiter<HttpContext>>()));
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = MostFields;
            form.ValueLengthLimit = (int)options.Limits.BodyBytes;
            form.BufferBodyLengthLimit = form.MultipartBodyLengthLimit = options.Limits.BodyBytes;
        });
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // The last proxy alone is believed, and only what it says of client and encryption; the host's name it passes on as it is.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = 1;
            foreach (var network in options.Proxies) forwarded.KnownIPNetworks.Add(network);
        });
    }

    public static void UseSecurity(this WebApplication application)
    {
        application.UseForwardedHeaders();
        application.UseMiddleware<SecurityHeaders>();
        application.UseMiddleware<Faults>();
        application.UseApiProblems();
        application.UseMiddleware<HostNames>();
        application.UseRouting();
        application.UseRateLimiter();
        application.UseMiddleware<CrossSiteRequests>();
        application.UseAuthentication();
        application.UseMiddleware<ChangeLog>();
        application.UseAuthorization();
    }
}
