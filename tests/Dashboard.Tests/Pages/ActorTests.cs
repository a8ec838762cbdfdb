using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sweeps.Dashboard.Pages;
using Sweeps.Dashboard.Security;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class ActorTests
{
    private static async Task<bool> MayOperateAsync(Action<IServiceCollection> add, params string[] roles)
    {
        var services = new ServiceCollection().AddLogging();
        add(services);
        await using var provider = services.BuildServiceProvider();
        var user = new ClaimsPrincipal(new ClaimsIdentity(roles.Select(role => new Claim(ClaimTypes.Role, role)), "test"));
        return await Actor.MayOperateAsync(new DefaultHttpContext { RequestServices = provider, User = user });
    }

    private static void Guarded(IServiceCollection services) => services.AddAuthorization(options =>
        options.AddPolicy(Policies.Operate, policy => policy.RequireRole("operate")));

    [Fact]
    public async Task Who_may_operate_is_what_the_policy_says()
    {
        Assert.True(await MayOperateAsync(Guarded, "read", "operate"));
        Assert.False(await MayOperateAsync(Guarded, "read"));
        Assert.False(await MayOperateAsync(Guarded));
    }

    [Fact]
    public async Task Where_nothing_is_guarded_all_may()
    {
        Assert.True(await MayOperateAsync(_ => { }));
        Assert.True(await MayOperateAsync(services => services.AddAuthorization()));
    }
}
