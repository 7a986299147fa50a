import { entropy, isName, isPlaceholder } from '../judge.ts'
import { named, type SecretRule, token } from '../rule.ts'

const random = (least: number) => (secret: string) => entropy(secret) >= least && !isPlaceholder(secret)

/** Services that serve models. */
export const aiRules: SecretRule[] = [
  {
    ...token('openai-key', ['OpenAI API key', 'OpenAI API 키'], 'ai', 'T3BlbkFJ', ''),
    pattern: /(?<secret>sk-(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9_-]{10,120}T3BlbkFJ[A-Za-z0-9_-]{10,120})/dg,
    before: 140,
    after: 140,
  },
  token(
    'anthropic-key',
    ['Anthropic API key', 'Anthropic API 키'],
    'ai',
    ['sk-ant-api', 'sk-ant-admin', 'sk-ant-oat', 'sk-ant-sid'],
    '\\d{2}-[A-Za-z0-9_-]{80,128}',
  ),
  {
    ...token(
      'huggingface-token',
      ['Hugging Face token', 'Hugging Face 토큰'],
      'ai',
      ['hf_', 'api_org_'],
      '[A-Za-z0-9]{34}',
    ),
    // Names in code have long words; random letters change case often.
    check: secret => (secret.split(/(?=[A-Z])/).length > 8 || /\d/.test(secret)) && !/(.)\1{11}/.test(secret),
  },
  token('xai-key', ['xAI API key', 'xAI API 키'], 'ai', ['xai-token-', 'xai-'], '[A-Za-z0-9]{80}'),
  token('perplexity-key', ['Perplexity API key', 'Perplexity API 키'], 'ai', 'pplx-', '[A-Za-z0-9]{48}'),
  token('groq-key', ['Groq API key', 'Groq API 키'], 'ai', 'gsk_', '[A-Za-z0-9]{52}'),
  token('replicate-token', ['Replicate token', 'Replicate 토큰'], 'ai', 'r8_', '[A-Za-z0-9]{37}'),
  token('cursor-key', ['Cursor API key', 'Cursor API 키'], 'ai', ['key_', 'crsr_'], '[0-9a-f]{64}'),
  token('elevenlabs-key', ['ElevenLabs API key', 'ElevenLabs API 키'], 'ai', 'sk_', '[0-9a-f]{48}(?![0-9a-zA-Z])'),
  token(
    'langsmith-key',
    ['LangSmith API key', 'LangSmith API 키'],
    'ai',
    ['lsv2_pt_', 'lsv2_sk_'],
    '[0-9a-f]{32}_[0-9a-f]{10}',
  ),
  token('nvidia-key', ['NVIDIA API key', 'NVIDIA API 키'], 'ai', 'nvapi-', '[A-Za-z0-9_-]{60,72}'),
  token('openrouter-key', ['OpenRouter API key', 'OpenRouter API 키'], 'ai', 'sk-or-v1-', '[0-9a-f]{64}'),
  token('pinecone-key', ['Pinecone API key', 'Pinecone API 키'], 'ai', 'pcsk_', '[A-Za-z0-9_]{60,75}'),
  token('fireworks-key', ['Fireworks API key', 'Fireworks API 키'], 'ai', 'fw_', '[A-Za-z0-9]{22,24}(?![A-Za-z0-9])', {
    check: random(3.3),
  }),
  token('voyage-key', ['Voyage API key', 'Voyage API 키'], 'ai', 'pa-', '[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])', {
    check: random(4),
  }),
  token('tavily-key', ['Tavily API key', 'Tavily API 키'], 'ai', 'tvly-', '[A-Za-z0-9-]{20,48}'),
  token('wandb-key', ['Weights & Biases API key', 'Weights & Biases API 키'], 'ai', 'wandb_v1_', '[A-Za-z0-9_]{70,90}'),
  named('mistral-key', ['Mistral API key', 'Mistral API 키'], 'ai', ['mistral'], '[A-Za-z0-9]{32}', {
    check: secret => /\d/.test(secret) || !isName(secret),
  }),
  named('cohere-key', ['Cohere API key', 'Cohere API 키'], 'ai', ['cohere', 'co api'], '[A-Za-z0-9]{40}', {
    check: random(3.5),
  }),
  named('deepseek-key', ['DeepSeek API key', 'DeepSeek API 키'], 'ai', ['deepseek'], 'sk-[0-9a-f]{32}'),
  named(
    'openai-legacy-key',
    ['OpenAI-style API key', 'OpenAI 형식 API 키'],
    'ai',
    ['openai', 'llm api', 'moonshot', 'qwen', 'dashscope', 'siliconflow'],
    'sk-[A-Za-z0-9_-]{32,160}',
    { check: random(3.5) },
  ),
  named('wandb-legacy-key', ['Weights & Biases API key', 'Weights & Biases API 키'], 'ai', ['wandb'], '[0-9a-f]{40}'),
  named('together-key', ['Together API key', 'Together API 키'], 'ai', ['together'], '[0-9a-f]{64}'),
  named('stability-key', ['Stability API key', 'Stability API 키'], 'ai', ['stability'], 'sk-[A-Za-z0-9]{48}'),
  named(
    'assemblyai-key',
    ['AssemblyAI API key', 'AssemblyAI API 키'],
    'ai',
    ['assemblyai', 'deepgram'],
    '[0-9a-f]{32,40}',
  ),
]
