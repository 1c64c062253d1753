using Emargement.Functions;
using Microsoft.Extensions.Hosting;

EmargementApp.CreateBuilder(args).Build().Run();
